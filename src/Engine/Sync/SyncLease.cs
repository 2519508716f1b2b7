using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Engine.Files;

namespace IntuneExchangeConnector.Engine.Sync;

/// <summary>
/// One sync of a connector at a time. The lease is a lock of the operating system on a file beside the state: it ends with the process that
/// holds it, however that ends, so a dead holder's lease is void at once. Who holds it stands in a second file, for the message only.
/// </summary>
public sealed class SyncLease : IDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(1);

    private readonly FileStream _lock;
    private readonly string _statePath;
    private int _released;

    private SyncLease(FileStream held, string statePath) => (_lock, _statePath) = (held, statePath);

    /// <summary>Takes the lease of a connector.</summary>
    /// <param name="statePath">Full path of the connector's state file.</param>
    /// <param name="holder">Who takes it.</param>
    /// <param name="wait">True to wait until it is free; false to be refused.</param>
    /// <param name="time">Times the wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The lease; disposing it gives it back.</returns>
    /// <exception cref="ConnectorException">SyncInProgress, naming the holder; StateNotWritable when the folder cannot be written.</exception>
    public static async Task<SyncLease> AcquireAsync(string statePath, LeaseHolder holder, bool wait, TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (TryAcquire(statePath, holder) is { } lease) return lease;
            if (!wait) throw Refused(statePath);
            await Pause(time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Gives the lease back.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _released, 1) != 0) return;
        // First the name, then the lock: afterwards the name could be the next holder's.
        PrivateFiles.TryDelete(_statePath + ConnectorFiles.HolderEnding);
        _lock.Dispose();
    }

    private static SyncLease? TryAcquire(string statePath, LeaseHolder holder)
    {
        try
        {
            var lease = new SyncLease(PrivateFiles.Open(statePath + ConnectorFiles.LeaseEnding, FileMode.OpenOrCreate, FileShare.None), statePath);
            try
            {
                lease.Sign(holder);
                return lease;
            }
            catch
            {
                lease.Dispose();
                throw;
            }
        }
        catch (IOException cause) when (IsHeld(cause))
        {
            return null;
        }
        catch (Exception cause) when (PrivateFiles.IsFault(cause))
        {
            throw new ConnectorException(
                ErrorIds.StateNotWritable,
                ErrorKind.Storage,
                statePath,
                $"The lease beside the state file '{statePath}' cannot be taken. {cause.Message}",
                "Make room on the disk, and give the account that runs the connector the right to change the folder.",
                cause);
        }
    }

    private void Sign(LeaseHolder holder)
    {
        using var name = PrivateFiles.Open(_statePath + ConnectorFiles.HolderEnding, FileMode.Create, FileShare.ReadWrite | FileShare.Delete);
        var json = holder.ToJson();
        name.Write(json, 0, json.Length);
    }

    // The codes by which the systems say that somebody else has the lock: sharing and lock violation, EWOULDBLOCK of Linux and of macOS.
    private static bool IsHeld(IOException cause) => RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
        ? (cause.HResult & 0xFFFF) is 32 or 33
        : cause.HResult is 11 or 35;

    private static ConnectorException Refused(string statePath) => new(
        ErrorIds.SyncInProgress,
        ErrorKind.Busy,
        statePath,
        ReadHolder(statePath) is { } holder ? $"Another sync of this connector is under way: {holder}." : "Another sync of this connector is under way.",
        "Wait until it has ended, or use -Wait.");

    private static LeaseHolder? ReadHolder(string statePath)
    {
        try
        {
            using var file = new FileStream(statePath + ConnectorFiles.HolderEnding, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var json = new MemoryStream();
            file.CopyTo(json);
            return LeaseHolder.FromJson(json.ToArray());
        }
        catch (Exception cause) when (PrivateFiles.IsFault(cause))
        {
            return null;
        }
    }

    private static Task Pause(TimeProvider time, CancellationToken cancellationToken) =>
#if NET
        Task.Delay(s_pause, time, cancellationToken);
#else
        time.Delay(s_pause, cancellationToken);
#endif
}
