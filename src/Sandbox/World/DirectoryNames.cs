using System;
using System.Text;

namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>Distinguished and canonical names, escaped as Active Directory prints them.</summary>
public static class DirectoryNames
{
    /// <summary>The value of one relative distinguished name: <c>Doe, Jane</c> becomes <c>Doe\, Jane</c>.</summary>
    public static string EscapeRelativeName(string value)
    {
        bool edge = value.Length > 0 && (value[0] is ' ' or '#' || value[^1] == ' ');
        if (!edge && value.AsSpan().IndexOfAny(",+\"\\<>;=\n\r\0") < 0) return value;

        var escaped = new StringBuilder(value.Length + 8);
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            if (c is '\n') escaped.Append("\\0A");
            else if (c is '\r') escaped.Append("\\0D");
            else if (c is '\0') escaped.Append("\\00");
            else if (c is ',' or '+' or '"' or '\\' or '<' or '>' or ';' or '='
                || (i == 0 && c is ' ' or '#')
                || (i == value.Length - 1 && c == ' ')) escaped.Append('\\').Append(c);
            else escaped.Append(c);
        }

        return escaped.ToString();
    }

    /// <summary>One step of a canonical name, where the slash separates.</summary>
    public static string EscapeCanonicalStep(string value) =>
        value.AsSpan().IndexOfAny('/', '\\') < 0 ? value : value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("/", "\\/", StringComparison.Ordinal);

    /// <summary><c>contoso.com</c> becomes <c>DC=contoso,DC=com</c>.</summary>
    public static string DomainComponents(string domainName) =>
        "DC=" + domainName.Replace(".", ",DC=", StringComparison.Ordinal);
}
