# The assembly carries every cmdlet. Which build of it fits depends on the edition of PowerShell, and a manifest that other
# tools can read as data must not hold an expression, so the choice is made here. A plain string, because a call into .NET
# would cost more time than the rest of the import.
$edition = if ($PSEdition -eq 'Core') { 'core' } else { 'desktop' }
Import-Module -Name "$PSScriptRoot/bin/$edition/IntuneExchangeConnector.dll"
