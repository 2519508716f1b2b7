using System;
using System.Collections.Generic;
using System.Linq;
using System.Xml;
using System.Xml.Linq;

namespace IntuneExchangeConnector.Engine.Configuration;

/// <summary>
/// Changes the settings below one element and nothing beside them: comments, unknown elements and the indentation that people chose
/// stay; what is new is indented like the rest.
/// </summary>
internal readonly struct SettingsElement(XElement element)
{
    private const string Indent = "  ";

    /// <summary>The element of a name below this one; made where it is missing.</summary>
    public SettingsElement Section(string name) => new(SettingsSection.Find(element, name) ?? Append(name));

    public void Set(string name, bool value) => Set(name, value ? "true" : "false");

    public void Set(string name, Enum value) => Set(name, value.ToString());

    /// <summary>Sets a text; null takes the element out.</summary>
    public void Set(string name, string? value)
    {
        var child = SettingsSection.Find(element, name);
        if (value is null)
        {
            if (child is not null) Remove(child);
            return;
        }

        child ??= Append(name);
        SetText(child, value);
    }

    /// <summary>Sets a list: one element per item below an element of its own, which tells an empty list from none.</summary>
    public void SetList(string name, string item, IEnumerable<string> values)
    {
        var list = SettingsSection.Find(element, name) ?? Append(name);
        var old = list.Elements().Where(child => child.Name.LocalName == item).ToList();
        var next = 0;
        foreach (var value in values)
        {
            SetText(next < old.Count ? old[next] : new SettingsElement(list).Append(item), value);
            next++;
        }

        for (; next < old.Count; next++) Remove(old[next]);
    }

    private static void SetText(XElement target, string value)
    {
        if (SettingsSection.TextOf(target) == value) return;
        try
        {
            XmlConvert.VerifyXmlChars(value);
        }
        catch (XmlException)
        {
            throw new SettingException(target.Name.LocalName, 0, "a text without control characters, which XML cannot hold");
        }

        target.Nodes().OfType<XText>().Remove();
        target.Add(new XText(value));
    }

    /// <summary>Takes an element out, with the indentation before it.</summary>
    public static void Remove(XElement child)
    {
        if (child.PreviousNode is XText before && string.IsNullOrWhiteSpace(before.Value)) before.Remove();
        child.Remove();
    }

    /// <summary>Adds an element at the end.</summary>
    public XElement Append(string name)
    {
        var child = new XElement(element.Name.Namespace + name);
        var depth = element.Ancestors().Count();
        if (!element.Nodes().Any())
        {
            element.Add(new XText(NewLine(depth + 1)), child, new XText(NewLine(depth)));
        }
        else if (element.LastNode is XText end && string.IsNullOrWhiteSpace(end.Value) && end.PreviousNode is not null)
        {
            end.AddBeforeSelf(new XText(NewLine(depth + 1)), child);
        }
        else
        {
            element.Add(child);
        }

        return child;
    }

    private static string NewLine(int depth) => "\n" + string.Concat(Enumerable.Repeat(Indent, depth));
}
