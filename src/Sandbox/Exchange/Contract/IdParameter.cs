using System;

// Errors of parameter binding carry the name of the type that a value did not fit. Clients and people know Exchange's.
namespace Microsoft.Exchange.Configuration.Tasks;

/// <summary>An identity in any of the forms that Exchange takes. Only text and GUIDs convert: an object that came back from Exchange does not.</summary>
public class IdParameter(string text)
{
    public IdParameter(Guid guid)
        : this(guid.ToString())
    {
    }

    public string Text { get; } = text.Trim();

    public override string ToString() => Text;
}

/// <summary>The identity of a mailbox.</summary>
public sealed class MailboxIdParameter : IdParameter
{
    public MailboxIdParameter(string text)
        : base(text)
    {
    }

    public MailboxIdParameter(Guid guid)
        : base(guid)
    {
    }
}
