using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(IntuneExchangeConnector.Micro.PlanBenchmarks).Assembly).Run(args);
