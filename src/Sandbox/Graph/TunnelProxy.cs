using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>
/// A web proxy on loopback that opens tunnels (CONNECT) to servers of this machine, for everybody or for one account. It sees where a
/// client wants to go and never what it says there.
/// </summary>
public sealed class TunnelProxy : IAsyncDisposable
{
    private const int LongestHead = 16 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly NetworkCredential? _account;
    private readonly ConcurrentQueue<string> _tunnels = new();
    private readonly Task _listening;
    private int _refused;

    /// <summary>Starts it.</summary>
    /// <param name="account">The account that it lets through; null for everybody.</param>
    public TunnelProxy(NetworkCredential? account = null)
    {
        _account = account;
        _listener.Start();
        _listening = ListenAsync();
    }

    /// <summary>Its address.</summary>
    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Targets of the tunnels that were opened, oldest first.</summary>
    public IReadOnlyList<string> Tunnels => [.. _tunnels];

    /// <summary>Requests that were refused for want of the account.</summary>
    public int Refused => Volatile.Read(ref _refused);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Stop();
        await _listening.ConfigureAwait(false);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ListenAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true) serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token).ConfigureAwait(false)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(serving).ConfigureAwait(false);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                while (await ReadHeadAsync(stream).ConfigureAwait(false) is { } head)
                {
                    string[] line = head[0].Split(' ');
                    if (line is not ["CONNECT", _, _])
                    {
                        await AnswerAsync(stream, "405 Method Not Allowed").ConfigureAwait(false);
                    }
                    else if (!IsKnown(head))
                    {
                        Interlocked.Increment(ref _refused);
                        await AnswerAsync(stream, "407 Proxy Authentication Required", "Proxy-Authenticate: Basic realm=\"sandbox\"").ConfigureAwait(false);
                    }
                    else
                    {
                        await TunnelAsync(stream, line[1]).ConfigureAwait(false);
                        return;
                    }
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // One side went away; there is nobody to tell.
            }
        }
    }

    private bool IsKnown(IReadOnlyList<string> head)
    {
        if (_account is null) return true;
        string shown = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{_account.UserName}:{_account.Password}"));
        foreach (string line in head)
        {
            if (line.Equals("Proxy-Authorization: Basic " + shown, StringComparison.OrdinalIgnoreCase)) return true;
        }

        return false;
    }

    private async Task TunnelAsync(NetworkStream client, string target)
    {
        string[] parts = target.Split(':');
        if (parts is not ["localhost" or "127.0.0.1", var port] || !int.TryParse(port, out int number))
        {
            await AnswerAsync(client, "403 Forbidden").ConfigureAwait(false);
            return;
        }

        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, number, _stop.Token).ConfigureAwait(false);
        _tunnels.Enqueue(target);
        await client.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 Connection established\r\n\r\n"), _stop.Token).ConfigureAwait(false);
        NetworkStream far = server.GetStream();
        await Task.WhenAny(client.CopyToAsync(far, _stop.Token), far.CopyToAsync(client, _stop.Token)).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<string>?> ReadHeadAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var one = new byte[1];
        while (text.Length < LongestHead)
        {
            if (await stream.ReadAsync(one, _stop.Token).ConfigureAwait(false) == 0) return null;
            text.Append((char)one[0]);
            if (text.Length >= 4 && text.ToString(text.Length - 4, 4) == "\r\n\r\n") return text.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        }

        return null;
    }

    private Task AnswerAsync(NetworkStream stream, string status, string? header = null) =>
        stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{(header is null ? "" : header + "\r\n")}Content-Length: 0\r\n\r\n"), _stop.Token).AsTask();
}
