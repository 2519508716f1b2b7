using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Organization;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Exchange;
using IntuneExchangeConnector.Engine.Exchange.Inspection;

namespace IntuneExchangeConnector.Simulation.Tests;

/// <summary>The Exchange port over a simulated organisation.</summary>
internal sealed partial class SimulatedDirectory(SimulatedOrganization organization, KillSwitch kill) : IExchangeDirectory
{
    private readonly Lock _gate = new();
    private int _underWay;

    /// <summary>True from when no server answers any more.</summary>
    public Func<bool>? Gone { get; init; }

    /// <summary>Commands that were under way at once, at most.</summary>
    public int MostUnderWay { get; private set; }

    /// <summary>Commands that are under way now, beside the one that is being answered.</summary>
    public int UnderWay => _underWay;

    /// <summary>Called before each write, with the number of writes so far: what somebody else does meanwhile.</summary>
    public Action<int>? Meanwhile { get; init; }

    /// <summary>Makes a write fail as a server would.</summary>
    public Func<MailboxChange, Exception?>? Refuse { get; init; }

    /// <summary>Marks the reads as cut.</summary>
    public string? Incomplete { get; init; }

    public IReadOnlyList<RunNote> Notes { get; init; } = [];

    public int MaximumLanes { get; init; } = 1;

    public int CommandsSent { get; private set; }

    public IExchangeInspection Inspection => throw new NotSupportedException();

    public int Writes { get; private set; }

    public List<MailboxChange> Written { get; } = [];

    public Task<ExchangeOrganization> ConnectAsync(CancellationToken cancellationToken) =>
        Answer(() => new ExchangeOrganization(organization.World.OrganizationDistinguishedName, "EX1", [new ExchangeServer { Name = "EX1", Fqdn = "ex1.contoso.com", IsMailboxServer = true }]));

    public Task<ExchangeRead<EasPartnership>> ReadPartnershipsAsync(IProgress<int>? progress, CancellationToken cancellationToken) =>
        Answer(() => new ExchangeRead<EasPartnership>([.. organization.Partnerships], [], Incomplete));

    public Task<ExchangeRead<Mailbox>> ReadMailboxesAsync(IProgress<int>? progress, CancellationToken cancellationToken) =>
        Answer(() => new ExchangeRead<Mailbox>(organization.Mailboxes, [], null));

    public Task<OrganizationAccessSettings> ReadSettingsAsync(CancellationToken cancellationToken) =>
        Answer(() => organization.Settings);

    public Task<IReadOnlyList<DeviceAccessRule>> ReadRulesAsync(CancellationToken cancellationToken) => Answer(() => organization.Rules);

    public Task<Mailbox?> ReadMailboxAsync(Guid id, string? domainController, CancellationToken cancellationToken) => Answer(() => organization.Find(id));

    public Task WriteAsync(PlannedChange change, string? domainController, CancellationToken cancellationToken) => change switch
    {
        MailboxChange mailbox => WriteAsync(mailbox),
        DefaultAccessLevelChange level => WriteAsync(level),
        _ => WriteConfigurationAsync(change),
    };

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task WriteAsync(MailboxChange change) => Answer(() =>
    {
        Meanwhile?.Invoke(Writes++);
        if (Refuse?.Invoke(change) is { } refusal) throw refusal;
        organization.Apply(change);
        Written.Add(change);
        kill.Pass();
        return true;
    });

    private Task WriteAsync(DefaultAccessLevelChange change) => Answer(() =>
    {
        organization.DefaultLevel = change.To;
        kill.Pass();
        return true;
    });

    private async Task<T> Answer<T>(Func<T> answer)
    {
        lock (_gate) _underWay++;
        await Task.Yield();
        lock (_gate)
        {
            MostUnderWay = Math.Max(MostUnderWay, _underWay--);
            kill.Pass();
            CommandsSent++;
            if (Gone?.Invoke() == true) throw new ConnectorException(ErrorIds.ExchangeUnreachable, ErrorKind.Unreachable, "EX1", "No server answers.", "Look at the servers.");
            return answer();
        }
    }
}
