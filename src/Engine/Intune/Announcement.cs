using System;
using System.Globalization;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>What a server said of a list's length, against which the list is held: a link that is missing looks like the list's end.</summary>
internal static class Announcement
{
    // Two questions are never asked in the same instant, and what Graph counts users by is a little behind.
    private const int MostBetweenQuestions = 5;

    /// <summary>Takes it from a list's first page.</summary>
    /// <typeparam name="T">The row.</typeparam>
    /// <param name="first">The page.</param>
    /// <returns>The rows that the list should have; null where that was not said.</returns>
    /// <remarks>Intune has been seen to count the page instead of the list; such a number says nothing where a further page follows.</remarks>
    public static long? Of<T>(GraphPage<T> first) => first.Count is { } count && (first.NextLink is null || count > first.Sent) ? count : null;

    /// <summary>Holds a list against it.</summary>
    /// <param name="request">The request for the list.</param>
    /// <param name="announced">The rows that it should have; null where that was not said.</param>
    /// <param name="sent">The rows that came.</param>
    /// <param name="pages">The pages that they came on.</param>
    /// <returns>What is missing; null where nothing is.</returns>
    /// <remarks>
    /// Rows leave while a list is read, hardly more than one in the time that a page takes. Of a group's members none may be missing: whoever
    /// is, loses an exemption.
    /// </remarks>
    public static string? Shortage(GraphRequest request, long? announced, int sent, int pages) =>
        announced - sent > (request.Group is null ? pages : 0) ? Text(request, announced, sent) : null;

    /// <summary>Holds a list against a count that was asked for by itself.</summary>
    /// <param name="request">The request for the list.</param>
    /// <param name="counted">The count; null where there is none.</param>
    /// <param name="sent">The rows that came.</param>
    /// <returns>What is missing; null where nothing is.</returns>
    public static string? ShortageByCount(GraphRequest request, int? counted, int sent) =>
        counted is { } expected && expected - sent > Math.Max(MostBetweenQuestions, expected / 1000) ? Text(request, expected, sent) : null;

    private static string Text(GraphRequest request, long? announced, int sent) =>
        string.Format(CultureInfo.InvariantCulture, "Graph announced {0} {1} and sent {2}.", announced, request.Subject, sent);
}
