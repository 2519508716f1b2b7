using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml;
using System.Xml.Linq;

namespace IntuneExchangeConnector.Engine.Configuration;

/// <summary>Which addresses a setting takes.</summary>
[Flags]
internal enum AddressSchemes
{
    /// <summary>https, and http to the own machine.</summary>
    Secure = 0,

    /// <summary>http to any machine too: Kerberos protects the session.</summary>
    Http = 1,

    /// <summary>A named pipe.</summary>
    Pipe = 2,
}

/// <summary>Reads the settings below one element; a missing element gives the default, a wrong one says what is allowed.</summary>
internal readonly struct SettingsSection
{
    private readonly XElement? _element;
    private readonly string _path;

    /// <summary>The settings below an element; null for none.</summary>
    public SettingsSection(XElement? element, string path) => (_element, _path) = (element, path);

    /// <summary>The element itself; null where it is missing.</summary>
    public XElement? Element => _element;

    /// <summary>The element of a name, whatever its namespace.</summary>
    public static XElement? Find(XElement? parent, string name)
    {
        if (parent is null) return null;
        XElement? found = null;
        foreach (var element in parent.Elements())
        {
            if (element.Name.LocalName != name) continue;
            if (found is not null) throw new SettingException(name, LineOf(element), "the element once only", isStructure: true);
            found = element;
        }

        return found;
    }

    /// <summary>The text of an element without that of elements and comments inside it.</summary>
    public static string TextOf(XElement element) => string.Concat(element.Nodes().OfType<XText>().Select(static text => text.Value));

    public SettingsSection Section(string name) => new(Find(_element, name), PathOf(name));

    /// <summary>A text as it stands, spaces and all.</summary>
    public string? RawText(string name) => Find(_element, name) is { } element && TextOf(element) is { Length: > 0 } text ? text : null;

    public string? Text(string name) => RawText(name)?.Trim() is { Length: > 0 } text ? text : null;

    public string RequiredText(string name) => Text(name) ?? throw Wrong(name, "a text; it must not be empty");

    public bool Flag(string name, bool otherwise) => Text(name)?.ToUpperInvariant() switch
    {
        null => otherwise,
        "TRUE" or "1" => true,
        "FALSE" or "0" => false,
        _ => throw Wrong(name, "true or false"),
    };

    public int Number(string name, int otherwise, int least, int most) => NumberOrNull(name, least, most) ?? otherwise;

    public int? NumberOrNull(string name, int least, int most)
    {
        if (Text(name) is not { } text) return null;
        return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Wrong(name, string.Format(CultureInfo.InvariantCulture, "a whole number from {0} to {1}", least, most));
    }

    public double Percent(string name, double otherwise)
    {
        if (Text(name) is not { } text) return otherwise;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= 0 && number <= 100
            ? number
            : throw Wrong(name, "a number from 0 to 100, with a point before its decimals");
    }

    public TimeSpan Duration(string name, TimeSpan otherwise)
    {
        if (Text(name) is not { } text) return otherwise;
        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var duration) && duration >= TimeSpan.Zero
            ? duration
            : throw Wrong(name, "days.hours:minutes:seconds, for example 7.00:00:00");
    }

    public DateTimeOffset Instant(string name)
    {
        if (Text(name) is not { } text) return default;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant
            : throw Wrong(name, "a time, for example 2026-11-02T08:00:00Z");
    }

    public T Choice<T>(string name, T otherwise)
        where T : struct, Enum
    {
        if (Text(name) is not { } text) return otherwise;
        // Only names: a number would be taken for a member that may not exist.
        var known = Array.Find(Enum.GetNames(typeof(T)), member => string.Equals(member, text, StringComparison.OrdinalIgnoreCase));
        return known is null ? throw Wrong(name, string.Join(", ", Enum.GetNames(typeof(T)))) : (T)Enum.Parse(typeof(T), known);
    }

    public T RequiredChoice<T>(string name)
        where T : struct, Enum
    {
        if (Text(name) is null) throw Wrong(name, string.Join(", ", Enum.GetNames(typeof(T))));
        return Choice<T>(name, default);
    }

    public Uri? Address(string name, AddressSchemes schemes = AddressSchemes.Secure)
    {
        if (Text(name) is not { } text) return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && IsAllowed(address, schemes)) return address;
        throw Wrong(name, schemes.HasFlag(AddressSchemes.Http)
            ? "an address that begins with https:, http: or pipe:, without user name and password"
            : "an address that begins with https:, without user name and password; http: for the own machine only");
    }

    public IReadOnlyList<string> List(string name, string item)
    {
        var texts = new List<string>();
        foreach (var element in Find(_element, name)?.Elements() ?? [])
        {
            if (element.Name.LocalName != item) continue;
            if (TextOf(element).Trim() is not { Length: > 0 } text) throw new SettingException(PathOf(name) + "/" + item, LineOf(element), "a text; it must not be empty");
            texts.Add(text);
        }

        return texts;
    }

    public IReadOnlyList<Guid> Ids(string name, string item, IReadOnlyList<Guid> otherwise)
    {
        if (Find(_element, name) is null) return otherwise;
        var ids = new List<Guid>();
        foreach (var text in List(name, item)) ids.Add(Guid.TryParse(text, out var id) ? id : throw Wrong(name, "ids of the form c1ec4a95-1f05-45b3-a911-aa3fa01094f5"));
        return ids;
    }

    /// <summary>What is wrong with an element of this section.</summary>
    public SettingException Wrong(string name, string expected)
    {
        var element = Find(_element, name) ?? _element;
        return new SettingException(PathOf(name), element is null ? 0 : LineOf(element), expected);
    }

    private static bool IsAllowed(Uri address, AddressSchemes schemes)
    {
        // A password in an address would be a secret in the file.
        if (address.UserInfo.Length > 0) return false;
        return address.Scheme switch
        {
            "https" => true,
            "http" => address.IsLoopback || schemes.HasFlag(AddressSchemes.Http),
            "pipe" => schemes.HasFlag(AddressSchemes.Pipe),
            _ => false,
        };
    }

    private static int LineOf(XElement element) => ((IXmlLineInfo)element).LineNumber;

    private string PathOf(string name) => _path.Length == 0 ? name : _path + "/" + name;
}
