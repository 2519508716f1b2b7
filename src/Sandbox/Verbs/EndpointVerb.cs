using System;
using System.IO;
using System.Text;
using IntuneExchangeConnector.Sandbox.Exchange;
using IntuneExchangeConnector.Sandbox.Exchange.Remoting;

namespace IntuneExchangeConnector.Sandbox.Verbs;

/// <summary><c>endpoint --state folder [--server name]</c>: serves one Exchange session on the standard streams. An endpoint starts it, people do not.</summary>
internal static class EndpointVerb
{
    // One fragment of the protocol fits whole; a smaller buffer would cut it into many writes.
    private const int OutputBuffer = 64 * 1024;

    public static int Run(VerbArguments arguments)
    {
        // The engine reads both once, when it first loads: no listening socket for debuggers, no usage reports.
        Environment.SetEnvironmentVariable("POWERSHELL_DIAGNOSTICS_OPTOUT", "1");
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");

        Console.SetOut(new StreamWriter(Console.OpenStandardOutput(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), OutputBuffer) { AutoFlush = true });

        using ExchangeSession session = ExchangeSession.Open(arguments.Required("state"), arguments.Optional("server"));
        ExchangeSessionConfiguration.Serve(session);
        RemotingServer.Run<ExchangeSessionConfiguration>();
        return 0;
    }
}
