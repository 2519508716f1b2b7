# The assembly carries every cmdlet. Which build of it fits depends on the edition of PowerShell, and a manifest
# that other tools can read as data must not hold an expression, so the choice is made here.
$edition = if ($PSEdition -eq 'Core') { 'core' } else { 'desktop' }
$assembly = [System.IO.Path]::Combine($PSScriptRoot, 'bin', $edition, 'IntuneExchangeConnector.dll')
Import-Module -Name $assembly
