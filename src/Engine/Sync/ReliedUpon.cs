using IntuneExchangeConnector.Domain.Planning;

namespace IntuneExchangeConnector.Engine.Sync;

/// <summary>
/// Remembers which kinds of write failed in a run, so that what relied on them is not written either: nothing is tightened while an allow is
/// missing, and nothing loosened while a block is.
/// </summary>
internal sealed class ReliedUpon
{
    private bool _allowFailed;
    private bool _blockFailed;
    private bool _loosenFailed;

    /// <summary>Notes a change that was not written.</summary>
    public void Failed(PlannedChange change)
    {
        switch (change)
        {
            case MailboxChange mailbox:
                _allowFailed |= mailbox.AllowedAdd.Count > 0;
                _blockFailed |= mailbox.BlockedAdd.Count > 0;
                break;
            case AccessRuleChange rule:
                Failed(rule.Loosens);
                break;
            case DefaultAccessLevelChange level:
                Failed(level.To < level.From);
                break;
        }
    }

    /// <summary>Why a change must not be written now; null when nothing that it relies on failed.</summary>
    public string? Against(PlannedChange change) => change switch
    {
        DefaultAccessLevelChange level when level.To > level.From && _allowFailed => "Entries that keep compliant devices in could not all be written, so the default level is not tightened.",
        DefaultAccessLevelChange level when level.To < level.From && _blockFailed => "Entries that keep other devices out could not all be written, so the default level is not loosened.",
        AccessRuleChange { Loosens: false } when _allowFailed => "Entries that keep compliant devices in could not all be written, so no rule is tightened.",
        AccessRuleChange { Loosens: true } when _blockFailed => "Entries that keep other devices out could not all be written, so no rule is loosened.",
        MailboxChange { WaitsForSettings: true } when _loosenFailed => "A rule or default level that is to keep its devices in could not be written, so its entries stay.",
        _ => null,
    };

    // A setting that should have let devices in is missed like an allow; one that should have kept them out, like a block.
    private void Failed(bool loosens)
    {
        _loosenFailed |= loosens;
        _allowFailed |= loosens;
        _blockFailed |= !loosens;
    }
}
