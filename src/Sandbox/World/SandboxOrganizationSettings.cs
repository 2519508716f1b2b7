using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>The organisation's one EAS settings object.</summary>
public sealed class SandboxOrganizationSettings
{
    /// <summary>Allow, Block or Quarantine.</summary>
    public string DefaultAccessLevel { get; set; } = "Allow";

    public string? UserMailInsert { get; set; }

    public string? OtaNotificationMailInsert { get; set; }

    public List<string> AdminMailRecipients { get; } = [];

    public bool AllowAccessForUnSupportedPlatform { get; set; }

    public DateTimeOffset WhenChanged { get; set; }
}
