using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using IntuneExchangeConnector.Domain.Errors;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>Walks a list page by page. Links are followed as they are, but never off the server that was asked: the token goes along.</summary>
internal sealed class GraphPages(GraphClient client)
{
    // A page may be empty, and several in a row; this many are a server that will never end.
    private const int EmptyPagesInARow = 1000;

    /// <summary>Walks a list.</summary>
    /// <typeparam name="T">The row.</typeparam>
    /// <param name="first">The request for its first page.</param>
    /// <param name="map">Makes a row; null for one that does not belong in the list.</param>
    /// <param name="known">The first page, where it came inside a batch; null to ask for it.</param>
    /// <param name="cancellationToken">Ends the walk.</param>
    /// <returns>The pages. The last one tells whether the end of the list was seen.</returns>
    /// <exception cref="ConnectorException">A page could not be had, or is none.</exception>
    public async IAsyncEnumerable<GraphPage<T>> ReadAsync<T>(
        GraphRequest first,
        Func<GraphRow, T?> map,
        GraphPage<T>? known,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : notnull
    {
        var followed = new HashSet<string>(StringComparer.Ordinal) { first.Address.AbsoluteUri };
        var request = first;
        for (var empty = 0; ;)
        {
            var page = known ?? await client.GetAsync(request, body => GraphPageReader<T>.ReadAsync(body, map), cancellationToken).ConfigureAwait(false);
            known = null;
            if (page.NextLink is not { } link)
            {
                yield return page;
                yield break;
            }

            var next = Follow(first, link);
            empty = page.Sent == 0 ? empty + 1 : 0;
            if (!followed.Add(link)) page.Cut = $"The pages of the {first.Subject} run in a circle.";
            else if (empty == EmptyPagesInARow) page.Cut = $"The {first.Subject} went on with empty pages only.";
            yield return page;
            if (page.Cut is not null) yield break;
            request = first with { Address = next };
        }
    }

    /// <summary>Takes a link for an address; never one off the server that was asked.</summary>
    /// <param name="request">The request that the link goes on from.</param>
    /// <param name="link">The link.</param>
    /// <returns>Its address, spelled as it came.</returns>
    /// <exception cref="ConnectorException">It is no address, or leads to another server.</exception>
    public static Uri Follow(GraphRequest request, string link)
    {
        if (!IsPlain(link) || !Uri.TryCreate(link, UriKind.Absolute, out var address)) throw GraphErrors.Invalid(request, "The link to the next page is no address");
        var asked = request.Address;
        var sameServer = address.Scheme == asked.Scheme
            && address.Port == asked.Port
            && string.Equals(address.Host, asked.Host, StringComparison.OrdinalIgnoreCase)
            && address.UserInfo.Length == 0;
        if (!sameServer) throw GraphErrors.Invalid(request, $"The link to the next page leads to another server, {ServerText.Clean(address.Authority, 100)}; the token was not sent there");
        return Verbatim(link, address);
    }

    // The platform rewrites addresses it takes apart; a skip token is Graph's own spelling and must come back as it went.
    private static Uri Verbatim(string link, Uri parsed)
    {
#if NET
        _ = parsed;
        return new Uri(link, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
#else
        _ = link;
        return parsed;
#endif
    }

    // Unrewritten addresses reach the wire as they are, so nothing may be in them that ends a line there.
    private static bool IsPlain(string link)
    {
        foreach (var character in link)
        {
            if (character is <= ' ' or > '~') return false;
        }

        return link.Length > 0;
    }
}
