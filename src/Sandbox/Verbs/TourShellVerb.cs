using System;
using IntuneExchangeConnector.Sandbox.Tour;

namespace IntuneExchangeConnector.Sandbox.Verbs;

/// <summary><c>tour-shell</c>: the administrator's side of the tour, told on standard input where everything is. The tour starts it, people do not.</summary>
internal static class TourShellVerb
{
    public static int Run()
    {
        using TourShell shell = new(TourStage.FromJson(Console.In.ReadToEnd()));
        for (int i = 0; i < TourScript.Steps.Count; i++)
        {
            TourStep step = TourScript.Steps[i];
            Console.Out.WriteLine();
            Console.Out.WriteLine($"[{i + 1}/{TourScript.Steps.Count}] {step.Says}");
            Console.Out.WriteLine($"PS> {step.Command}");
            if (!shell.Run(step.Command))
            {
                Console.Out.WriteLine("The tour ends here: this step should not fail.");
                return 1;
            }
        }

        return 0;
    }
}
