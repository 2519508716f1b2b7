namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>What a server said of a list's length, against which the list is held: a link that is missing looks like the list's end.</summary>
internal static class Announcement
{
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
    public static Shortage? Of(GraphRequest request, long? announced, int sent, int pages) =>
        announced is { } expected && expected - sent > (request.Group is null ? pages : 0) ? new Shortage(request.Subject, expected, sent) : null;

    /// <summary>Holds a list against a count that was asked for by itself.</summary>
    /// <param name="request">The request for the list.</param>
    /// <param name="counted">The count; null where there is none.</param>
    /// <param name="sent">The rows that came.</param>
    /// <returns>What is missing; null where nothing is, or so little that two questions may differ by it.</returns>
    public static Shortage? OfCount(GraphRequest request, int? counted, int sent) =>
        counted > sent && new Shortage(request.Subject, counted.Value, sent) is { IsBearable: false } shortage ? shortage : null;
}
