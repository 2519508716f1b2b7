using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Planning;

public sealed class LedgerTests
{
    private static readonly Ledger s_ledger = new([Some.Entry(EntryList.Allowed, "APPL1", 1), Some.Entry(EntryList.Blocked, "APPL2", 1), Some.Entry(EntryList.Allowed, "APPL1", 2)]);

    [Theory]
    [InlineData(1, EntryList.Allowed, "appl1", true)]
    [InlineData(1, EntryList.Blocked, "APPL1", false)]
    [InlineData(1, EntryList.Blocked, "APPL2", true)]
    [InlineData(2, EntryList.Allowed, "APPL1", true)]
    [InlineData(2, EntryList.Blocked, "APPL2", false)]
    [InlineData(3, EntryList.Allowed, "APPL1", false)]
    public void An_entry_is_ours_by_mailbox_list_and_id_without_case(int mailbox, EntryList list, string id, bool ours) =>
        Assert.Equal(ours, s_ledger.Find(Some.Id(mailbox), list, new EasDeviceId(id)) is not null);

    [Fact]
    public void It_counts_its_entries_and_names_their_mailboxes()
    {
        Assert.Equal(3, s_ledger.Count);
        Assert.Equal(2, s_ledger.Of(Some.Id(1)).Count);
        Assert.Empty(s_ledger.Of(Some.Id(3)));
        Assert.Equal([Some.Id(1), Some.Id(2)], s_ledger.Mailboxes);
        Assert.Equal((0, 0), (Ledger.Empty.Count, Ledger.Empty.Mailboxes.Count));
    }
}
