using System;
using IntuneExchangeConnector.Sandbox.Verbs;

namespace IntuneExchangeConnector.Sandbox;

internal static class Program
{
    private static int Main(string[] args) => args switch
    {
        ["endpoint", ..] => EndpointVerb.Run(new VerbArguments(args.AsSpan(1), "state", "server")),
        _ => 64,
    };
}
