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
    private bool _ruleFailed;

    /// <summary>Notes a change that was not written.</summary>
    public void Failed(PlannedChange change)
    {
        switch (change)
        {
            case MailboxChange mailbox:
                _allowFailed |= mailbox.AllowedAdd.Count > 0;
                _blockFailed |= mailbox.BlockedAdd.Count > 0;
                break;
            case AccessRuleChange { Kind: not ObjectAction.Remove } rule:
                _ruleFailed |= rule.Loosens;
                _allowFailed |= rule.Loosens;
                _blockFailed |= !rule.Loosens;
                break;
            case DefaultAccessLevelChange level:
                _allowFailed |= level.To < level.From;
                _blockFailed |= level.To > level.From;
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
        MailboxChange mailbox when _ruleFailed && mailbox.WaitsForRules => "A rule that keeps its devices in could not be written, so its entries stay.",
        _ => null,
    };
}
