using System;
using System.IO;
using System.IO.Pipes;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace IntuneExchangeConnector.Sandbox.Exchange;

/// <summary>Carries bytes between a client's pipe and the process that serves it, until either side ends.</summary>
internal static class SessionBridge
{
    // A few of the protocol's 32 KiB fragments: large answers then cross in few writes.
    private const int BufferSize = 256 * 1024;

    // The prefix by which the engine's client tells a transport error from protocol data.
    private const string TransportErrorPrefix = "__NamedPipeError__:";

    private const string ClosePrefix = "<Close PSGuid=";
    private const string CloseAnswerPrefix = "<CloseAck PSGuid=";

    private static readonly TimeSpan s_refusalPatience = TimeSpan.FromSeconds(5);

    /// <summary>Returns when the client is gone or the process has nothing more to say; the caller ends the process.</summary>
    public static async Task RunAsync(NamedPipeServerStream client, SessionProcess session, CancellationToken cancellationToken)
    {
        using CancellationTokenSource ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task commands = CarryCommandsAsync(client, session.Input, ended.Token);
        Task<bool> answers = CarryAnswersAsync(session.Output, client);
        await Task.WhenAny(commands, answers, Task.Delay(Timeout.Infinite, ended.Token)).ConfigureAwait(false);

        bool silent = answers.IsCompleted && !commands.IsCompleted && !await answers.ConfigureAwait(false);
        await ended.CancelAsync().ConfigureAwait(false);
        await commands.ConfigureAwait(false);

        // A process that ends without a word could not start: its last words say why, and the client should read them.
        if (silent)
            await RefuseAsync(client, await session.LastWordsAsync().ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        await client.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Tells a client why it gets no session; it surfaces there as a transport exception with this text.</summary>
    public static async Task RefuseAsync(NamedPipeServerStream client, string reason, CancellationToken cancellationToken)
    {
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_refusalPatience);
        try
        {
            await client.WriteAsync(Encoding.UTF8.GetBytes(TransportErrorPrefix + reason + "\n"), patience.Token).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // It left on its own.
            return;
        }

        // The client hangs up once it has read the reason; closing first could take the text away from it.
        await ListenAsync(client, patience.Token).ConfigureAwait(false);
    }

    /// <summary>Takes what a client sends and never answers, until it gives up.</summary>
    public static Task IgnoreAsync(NamedPipeServerStream client, CancellationToken cancellationToken) => ListenAsync(client, cancellationToken);

    // A client that gives up says so and waits a minute for the answer, which is the transport's matter and not the server's.
    private static async Task ListenAsync(NamedPipeServerStream client, CancellationToken cancellationToken)
    {
        try
        {
            using StreamReader reader = new(client, Encoding.UTF8, detectEncodingFromByteOrderMarks: false, BufferSize, leaveOpen: true);
            while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
            {
                if (line.StartsWith(ClosePrefix, StringComparison.Ordinal))
                    await client.WriteAsync(Encoding.UTF8.GetBytes(CloseAnswerPrefix + line[ClosePrefix.Length..] + "\n"), cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception gone) when (gone is IOException or OperationCanceledException)
        {
            // It left on its own, or the endpoint closes.
        }
    }

    private static async Task CarryCommandsAsync(NamedPipeServerStream client, Stream session, CancellationToken cancellationToken)
    {
        try
        {
            await client.CopyToAsync(session, BufferSize, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or OperationCanceledException)
        {
            // One of the two hung up.
        }
    }

    // A process's output can only be read by blocking, and a session lasts: a thread of its own keeps the pool free.
    private static Task<bool> CarryAnswersAsync(Stream session, NamedPipeServerStream client) => Task.Factory.StartNew(
        () =>
        {
            bool any = false;
            try
            {
                byte[] buffer = new byte[BufferSize];
                while (session.Read(buffer) is > 0 and int length)
                {
                    client.Write(buffer.AsSpan(0, length));
                    any = true;
                }
            }
            catch (Exception gone) when (gone is IOException or ObjectDisposedException)
            {
                // One of the two hung up.
            }

            return any;
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);
}
