using System;
namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;
internal static class ExchangeCommands { public static (string Name, Type Type)[] All { get; } = [("Get-ActiveSyncDevice", typeof(TestCommand)),("Set-CASMailbox", typeof(TestCommand))]; }
[System.Management.Automation.Cmdlet("Get","X", DefaultParameterSetName="Identity")]
public sealed class TestCommand : ExchangeCommand { private protected override void Execute(BoundArguments a) {
  if (a.Text("Identity") == "x") throw ExchangeErrors.NotFound("x","dc1");
  if (CommandName=="Set-CASMailbox") return;
  int n = a.Limit("ResultSize", 100) ?? 100000;
  for (int i=0;i<n;i++){ var p = new System.Management.Automation.PSObject(); p.TypeNames.Clear(); p.TypeNames.Add("Microsoft.Exchange.Data.Directory.SystemConfiguration.ActiveSyncDevice"); p.TypeNames.Add("System.Object");
   for (int k=0;k<12;k++) p.Properties.Add(new System.Management.Automation.PSNoteProperty("Property"+k, "Value of it "+i), true);
   for (int k=0;k<6;k++) p.Properties.Add(new System.Management.Automation.PSNoteProperty("Bool"+k, true), true);
   Emit(p);
  }
} }
