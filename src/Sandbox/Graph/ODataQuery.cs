using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>The query options of a request.</summary>
internal sealed class ODataQuery
{
    private const int TokenLength = 21;

    private readonly List<KeyValuePair<string, string>> _kept = [];
    private (GraphPlace Place, byte Variant)? _place;

    public ODataQuery(IQueryCollection query)
    {
        foreach ((string name, Microsoft.Extensions.Primitives.StringValues values) in query)
        {
            string value = values.ToString();
            if (!name.Equals("$skiptoken", StringComparison.OrdinalIgnoreCase)) _kept.Add(new(name, value));
            switch (name.ToLowerInvariant())
            {
                case "$top": Top = value; break;
                case "$select": Select = value; break;
                case "$filter": Filter = value; break;
                case "$count": Count = value.Equals("true", StringComparison.OrdinalIgnoreCase); break;
                case "$skip": HasSkip = true; break;
                case "$skiptoken": SkipToken = value; break;
                case "$deltatoken": DeltaToken = value; break;
            }
        }
    }

    public string? Top { get; }

    public string? Select { get; }

    public string? Filter { get; }

    public bool Count { get; }

    public bool HasSkip { get; }

    public string? SkipToken { get; }

    public string? DeltaToken { get; }

    /// <summary>Where the page of a list starts.</summary>
    /// <exception cref="GraphProblem">The skip token is none of this endpoint's.</exception>
    public GraphPlace Place => Decoded.Place;

    public bool IsFirstPage => Place.IsStart;

    private (GraphPlace Place, byte Variant) Decoded => _place ??= SkipToken is null ? default : ReadSkipToken(SkipToken);

    /// <summary>The first of these options that the request has.</summary>
    public string? Unsupported(ReadOnlySpan<string> options)
    {
        foreach ((string name, _) in _kept)
        {
            foreach (string option in options)
            {
                if (name.Equals(option, StringComparison.OrdinalIgnoreCase)) return option;
            }
        }

        return null;
    }

    public int PageSize(int standard, int maximum)
    {
        if (Top is null) return standard;
        if (!int.TryParse(Top, NumberStyles.None, CultureInfo.InvariantCulture, out int top) || top < 1 || top > maximum) throw GraphProblem.BadPageSize(Top, maximum);
        return top;
    }

    /// <summary>The request's own options and the place where the next page starts.</summary>
    public string NextQuery(GraphPlace place)
    {
        var text = new StringBuilder("?");
        foreach ((string name, string value) in _kept) text.Append(Uri.EscapeDataString(name).Replace("%24", "$", StringComparison.Ordinal)).Append('=').Append(Uri.EscapeDataString(value)).Append('&');
        return text.Append("$skiptoken=").Append(WriteSkipToken(place)).ToString();
    }

    private string WriteSkipToken(GraphPlace place)
    {
        Span<byte> token = stackalloc byte[TokenLength];
        // A link that leads to the same place once more still looks different, as long as it is not meant to be a loop.
        token[20] = place == Place ? (byte)(Decoded.Variant + 1) : (byte)0;
        BitConverter.TryWriteBytes(token, place.Offset);
        place.LastId.TryWriteBytes(token[4..]);
        return Base64Url.EncodeToString(token);
    }

    private static (GraphPlace Place, byte Variant) ReadSkipToken(string text)
    {
        Span<byte> token = stackalloc byte[TokenLength];
        if (!Base64Url.IsValid(text, out int length) || length != TokenLength || !Base64Url.TryDecodeFromChars(text, token, out _)) throw GraphProblem.BadSkipToken;
        int offset = BitConverter.ToInt32(token);
        return offset < 0 ? throw GraphProblem.BadSkipToken : (new GraphPlace(offset, new Guid(token[4..20])), token[20]);
    }
}
