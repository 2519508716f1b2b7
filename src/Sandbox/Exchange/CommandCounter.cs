using System;
using System.IO;
using System.Threading;

namespace IntuneExchangeConnector.Sandbox.Exchange;

/// <summary>Numbers the commands of all sessions of a state folder from 1, in one file that is its own lock.</summary>
internal sealed class CommandCounter(string stateFolder)
{
    private static readonly TimeSpan s_betweenAttempts = TimeSpan.FromMilliseconds(2);

    private readonly string _path = Path.Combine(stateFolder, "command-count");

    public long Next()
    {
        using FileStream file = OpenAlone();
        Span<byte> number = stackalloc byte[sizeof(long)];
        number.Clear();
        file.ReadAtLeast(number, number.Length, throwOnEndOfStream: false);
        long next = BitConverter.ToInt64(number) + 1;
        file.Position = 0;
        file.Write(BitConverter.GetBytes(next));
        return next;
    }

    private FileStream OpenAlone()
    {
        while (true)
        {
            try
            {
                return new FileStream(_path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(_path))
            {
                Thread.Sleep(s_betweenAttempts);
            }
        }
    }
}
