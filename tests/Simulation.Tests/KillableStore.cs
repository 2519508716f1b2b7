using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Matching;
using IntuneExchangeConnector.Domain.Organization;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Store;

namespace IntuneExchangeConnector.Simulation.Tests;

/// <summary>A real store that dies with its process, before or after each of its transactions.</summary>
internal sealed class KillableStore(IStateStore inner, KillSwitch kill) : IStateStore
{
    public Ledger ReadLedger() => Read(inner.ReadLedger);

    public Baseline? ReadBaseline() => Read(inner.ReadBaseline);

    public int CountDenials(DateTimeOffset since) => Read(() => inner.CountDenials(since));

    public void BeginRun(SyncResult run) => Write(() => inner.BeginRun(run));

    public void FinishRun(SyncResult run) => Write(() => inner.FinishRun(run));

    public void Announce(IReadOnlyList<Announcement> changes) => Write(() => inner.Announce(changes));

    public void Settle(IReadOnlyList<Settlement> settlements) => Write(() => inner.Settle(settlements));

    public IReadOnlyList<ChangeRecord> ReadPending() => Read(inner.ReadPending);

    public void Note(IReadOnlyList<LedgerNote> notes, DateTimeOffset now) => Write(() => inner.Note(notes, now));

    public void SaveSnapshot(RunSnapshot snapshot, bool asBaseline) => Write(() => inner.SaveSnapshot(snapshot, asBaseline));

    public void UpdateSnapshot(RunSnapshot snapshot, IReadOnlyCollection<Guid> mailboxes, bool asBaseline) => Write(() => inner.UpdateSnapshot(snapshot, mailboxes, asBaseline));

    public SnapshotMarks? ReadMarks() => Read(inner.ReadMarks);

    public TenantMemory? ReadTenant() => Read(inner.ReadTenant);

    public void RememberTenant(TenantRead read) => Write(() => inner.RememberTenant(read));

    public void ForgetTenant() => Write(inner.ForgetTenant);

    public IEnumerable<ConnectorDevice> ReadDevices(DeviceQuery query) => inner.ReadDevices(query);

    public IEnumerable<IdTrace> ReadTraces(DeviceQuery query) => inner.ReadTraces(query);

    public IdTrace SettleJoin(IdTrace trace) => inner.SettleJoin(trace);

    public StoredCase? ReadCase(string mailbox, string deviceId) => inner.ReadCase(mailbox, deviceId);

    public IReadOnlyList<RunRecord> ReadRuns(int? last, Guid? runId, bool includeChanges) => inner.ReadRuns(last, runId, includeChanges);

    public SyncResult? ReadLastSuccess(SyncKind kind) => Read(() => inner.ReadLastSuccess(kind));

    public IReadOnlyList<KnownServer> ReadServers() => Read(inner.ReadServers);

    public void SaveServers(IReadOnlyList<KnownServer> servers) => Write(() => inner.SaveServers(servers));

    public IReadOnlyList<OwnedObject> ReadOwned() => Read(inner.ReadOwned);

    public void Forget(IReadOnlyList<OwnedObject> gone) => Write(() => inner.Forget(gone));

    public StoredConfiguration? ReadConfiguration() => Read(inner.ReadConfiguration);

    public IReadOnlyList<string> ReadQueryStrings(RuleCharacteristic characteristic) => inner.ReadQueryStrings(characteristic);

    public string? ReadValue(string key) => Read(() => inner.ReadValue(key));

    public void WriteValue(string key, string? value) => Write(() => inner.WriteValue(key, value));

    public IEnumerable<ConnectorExemption> ReadEntries(ExemptionQuery query) => inner.ReadEntries(query);

    public bool HasMailbox(string name) => Read(() => inner.HasMailbox(name));

    public void UpdateLists(IReadOnlyList<Mailbox> mailboxes, DateTimeOffset now) => Write(() => inner.UpdateLists(mailboxes, now));

    public void ForgetDevices(IReadOnlyList<Guid> partnerships) => Write(() => inner.ForgetDevices(partnerships));

    public SyncResult? ReadLastSync() => Read(inner.ReadLastSync);

    public void Dispose() => inner.Dispose();

    private T Read<T>(Func<T> read)
    {
        kill.Pass();
        return read();
    }

    private void Write(Action write)
    {
        kill.Pass();
        write();
        kill.Pass();
    }
}
