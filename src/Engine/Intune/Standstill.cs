namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>Notices a list that goes on without bringing anything new: a server that sends one page under ever new links would be read for ever.</summary>
/// <param name="request">The request for the list.</param>
internal sealed class Standstill(GraphRequest request)
{
    // Rows move between pages, so one may bring nothing new, and of a group's members whole pages may be no users; this many are no list.
    private const int Most = 100;

    private int _pages;

    /// <summary>Looks at one more page.</summary>
    /// <param name="isNews">Whether it brought anything new.</param>
    /// <returns>Why the list has to be given up; null where it may go on.</returns>
    public string? After(bool isNews)
    {
        _pages = isNews ? 0 : _pages + 1;
        return _pages == Most ? $"The {request.Subject} went on with pages that brought nothing new." : null;
    }
}
