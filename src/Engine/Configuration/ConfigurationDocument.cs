using System;
using System.IO;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using IntuneExchangeConnector.Engine.Files;

namespace IntuneExchangeConnector.Engine.Configuration;

/// <summary>
/// The XML of a configuration file. What this version does not know stays as it is: elements, attributes, comments, and the way
/// people indented it.
/// </summary>
internal static class ConfigurationDocument
{
    /// <summary>Name of the root as it is written; it is read whatever it is called.</summary>
    public const string RootName = "OnPremisesExchangeConnectorServiceConfiguration";

    /// <summary>A configuration is a page of text. What is larger is none, and is not taken into memory.</summary>
    private const int MaximumBytes = 1024 * 1024;

    private const int MaximumDepth = 64;

    /// <summary>A file without settings.</summary>
    public static XDocument New() => new(new XDeclaration("1.0", "utf-8", null), new XText("\n"), new XElement(RootName));

    /// <summary>Reads a file. It fetches nothing and resolves nothing: a document type is refused.</summary>
    /// <exception cref="Domain.Errors.ConnectorException">ConfigurationUnreadable.</exception>
    public static XDocument Load(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > MaximumBytes) throw ConfigurationFault.Unreadable(path, "It is larger than 1 MiB.");
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MaximumBytes };
            CheckDepth(file, settings, path);
            using var reader = XmlReader.Create(file, settings);
            return XDocument.Load(reader, LoadOptions.PreserveWhitespace | LoadOptions.SetLineInfo);
        }
        catch (XmlException cause)
        {
            throw ConfigurationFault.Unreadable(path, cause.Message, cause);
        }
        catch (Exception cause) when (PrivateFiles.IsFault(cause))
        {
            throw ConfigurationFault.Unreadable(path, cause.Message, cause);
        }
    }

    /// <summary>Writes a file whole or not at all.</summary>
    /// <exception cref="Domain.Errors.ConnectorException">ConfigurationNotWritable; the old file is as it was.</exception>
    public static void Save(XDocument document, string path)
    {
        var bytes = Format(document);
        if (bytes.Length > MaximumBytes) throw ConfigurationFault.NotWritable(path, "It would become larger than 1 MiB.");

        try
        {
            PrivateFiles.Replace(path, bytes);
        }
        catch (Exception cause) when (PrivateFiles.IsFault(cause))
        {
            throw ConfigurationFault.NotWritable(path, cause.Message, cause);
        }
    }

    // A document costs the square of its depth to build.
    private static void CheckDepth(FileStream file, XmlReaderSettings settings, string path)
    {
        using (var reader = XmlReader.Create(file, settings))
        {
            while (reader.Read())
            {
                if (reader.Depth > MaximumDepth) throw ConfigurationFault.Unreadable(path, $"Its elements are nested more than {MaximumDepth} deep.");
            }
        }

        file.Position = 0;
    }

    private static byte[] Format(XDocument document)
    {
        using var text = new MemoryStream();
        // Carriage returns of a value are written as references, or the next reader would take them for ends of lines.
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.Entitize, Indent = false };
        using (var writer = XmlWriter.Create(text, settings)) document.Save(writer);
        if (Environment.NewLine == "\n") return text.ToArray();

        // Every line feed that stands as such reads the same with a carriage return before it, and the editors of old servers want one.
        var lines = settings.Encoding.GetString(text.GetBuffer(), 0, (int)text.Length).Replace("\n", Environment.NewLine);
        return settings.Encoding.GetBytes(lines);
    }
}
