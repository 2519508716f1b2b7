using System;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>One request to Graph, with what has to be said when it fails.</summary>
internal sealed record GraphRequest
{
    /// <summary>The address.</summary>
    public required Uri Address { get; init; }

    /// <summary>What it asks for, as a message names it: <c>managed devices</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>The least permission that lets it through.</summary>
    public required string Permission { get; init; }

    /// <summary>True for a query that Graph answers from its index only: it must say so on every page.</summary>
    public bool IsEventual { get; init; }

    /// <summary>The group that it asks about; null for the other requests.</summary>
    public Guid? Group { get; init; }

    /// <summary>JSON to post; null for a request that only asks.</summary>
    public byte[]? Body { get; init; }

    /// <summary>True for a request that must not arrive twice: it is sent once, whatever becomes of it.</summary>
    public bool IsSentOnce { get; init; }

    /// <summary>True for what Graph may have taken away: that it is not there is no fault of anybody.</summary>
    public bool MayBeGone { get; init; }
}
