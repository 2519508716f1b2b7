using System;
using System.Text;

namespace IntuneExchangeConnector.Domain.Matching;

/// <summary>Reads distinguished names by their escaping rules: a comma inside a name is preceded by a backslash.</summary>
public static class DistinguishedNames
{
    /// <summary>The name without its first parts.</summary>
    /// <param name="name">A distinguished name.</param>
    /// <param name="parts">How many leading parts to leave out.</param>
    /// <returns>The rest; null when the name has no more parts than that.</returns>
    public static string? Ancestor(string name, int parts)
    {
        var start = 0;
        for (var i = 0; i < parts; i++)
        {
            var comma = NextComma(name, start);
            if (comma < 0) return null;
            start = comma + 1;
        }

        return start < name.Length ? name.Substring(start) : null;
    }

    /// <summary>The DNS name of the domain that a distinguished name lies in.</summary>
    /// <param name="name">A distinguished name, for example <c>CN=Jane,OU=Staff,DC=contoso,DC=com</c>.</param>
    /// <returns>The domain, for example <c>contoso.com</c>; empty when the name has no DC parts.</returns>
    public static string DomainOf(string name)
    {
        var domain = new StringBuilder();
        for (var start = 0; start < name.Length;)
        {
            var comma = NextComma(name, start);
            var end = comma < 0 ? name.Length : comma;
            if (end - start > 3 && string.Compare(name, start, "DC=", 0, 3, StringComparison.OrdinalIgnoreCase) == 0)
            {
                if (domain.Length > 0) domain.Append('.');
                domain.Append(name, start + 3, end - start - 3);
            }

            start = end + 1;
        }

        return domain.ToString();
    }

    private static int NextComma(string name, int start)
    {
        for (var i = start; i < name.Length; i++)
        {
            if (name[i] == '\\') i++;
            else if (name[i] == ',') return i;
        }

        return -1;
    }
}
