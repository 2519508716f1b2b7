using System;
using System.Globalization;
using System.Management.Automation.Host;

namespace IntuneExchangeConnector.Sandbox.Tour;

/// <summary>The window that the tour's PowerShell engine speaks into: this program's own output.</summary>
internal sealed class TourHost : PSHost
{
    private readonly TourUserInterface _window = new();

    public override CultureInfo CurrentCulture => CultureInfo.InvariantCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.GetCultureInfo("en-US");

    public override Guid InstanceId { get; } = new("0f3a8a0e-6c0d-4d0b-8f43-7d1b5c3a9e21");

    public override string Name => "SandboxTour";

    public override PSHostUserInterface UI => _window;

    public override Version Version { get; } = new(1, 0);

    public override void EnterNestedPrompt() => throw new NotSupportedException();

    public override void ExitNestedPrompt() => throw new NotSupportedException();

    public override void NotifyBeginApplication()
    {
    }

    public override void NotifyEndApplication()
    {
    }

    public override void SetShouldExit(int exitCode)
    {
    }
}
