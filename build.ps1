#Requires -Version 7.4
<#
.SYNOPSIS
    Front door for people who have PowerShell. Everything here calls what works without it.
.EXAMPLE
    ./build.ps1
    Builds every project and stages the module at out/IntuneExchangeConnector.
.EXAMPLE
    ./build.ps1 -Task Test, Analyze
    Runs both test systems, then the analyzers.
#>
[CmdletBinding()]
param(
    # What to do, in the given order.
    [ValidateSet('Build', 'Test', 'Docs', 'Analyze', 'Bench', 'Package', 'Tour')]
    [string[]]$Task = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string]$Configuration = 'Release'
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 3
$root = $PSScriptRoot
$stage = Join-Path $root 'out/IntuneExchangeConnector'

function Invoke-Dotnet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($args -join ' ') ended with $LASTEXITCODE." }
}

function Invoke-Build {
    Invoke-Dotnet build (Join-Path $root 'IntuneExchangeConnector.sln') --configuration $Configuration
}

function Invoke-Test {
    Push-Location $root
    try {
        Invoke-Dotnet test --configuration $Configuration
    }
    finally {
        Pop-Location
    }

    & (Join-Path $root 'tests/Pester/Invoke-Suite.ps1')
    if ($LASTEXITCODE -ne 0) { throw 'A Pester test failed.' }
}

# The pages are the source; the file that Get-Help reads is made from them and committed, so that a build needs no PowerShell.
function Invoke-Docs {
    Import-Module Microsoft.PowerShell.PlatyPS
    $scratch = Join-Path ([System.IO.Path]::GetTempPath()) ([System.IO.Path]::GetRandomFileName())
    try {
        $pages = Get-ChildItem (Join-Path $root 'docs/cmdlets') -Filter *.md | Import-MarkdownCommandHelp
        $made = $pages | Export-MamlCommandHelp -OutputFolder $scratch
        $target = Join-Path $root 'docs/en-US/IntuneExchangeConnector.dll-Help.xml'
        $help = [xml](Get-Content -LiteralPath $made.FullName -Raw)
        Repair-Help $help
        $settings = [System.Xml.XmlWriterSettings]@{ Indent = $true; NewLineChars = "`n"; Encoding = [System.Text.UTF8Encoding]::new($false) }
        $writer = [System.Xml.XmlWriter]::Create($target, $settings)
        try { $help.Save($writer) } finally { $writer.Dispose() }
        Write-Output "$($pages.Count) pages to $target"
    }
    finally {
        if (Test-Path $scratch) { Remove-Item $scratch -Recurse }
    }
}

# PlatyPS leaves the fences around an example's code, marks paragraphs with a control character and adds an empty link.
function Repair-Help([xml]$Help) {
    $names = [System.Xml.XmlNamespaceManager]::new($Help.NameTable)
    $names.AddNamespace('maml', 'http://schemas.microsoft.com/maml/2004/10')
    $names.AddNamespace('command', 'http://schemas.microsoft.com/maml/dev/command/2004/10')
    $names.AddNamespace('dev', 'http://schemas.microsoft.com/maml/dev/2004/10')
    foreach ($example in $Help.SelectNodes('//command:example', $names)) {
        $remarks = $example.SelectSingleNode('dev:remarks', $names)
        foreach ($paragraph in @($example.SelectNodes('maml:introduction/maml:para', $names))) {
            if ($paragraph.InnerText -match '(?s)^```powershell\n(.*)\n```$') {
                $example.SelectSingleNode('dev:code', $names).InnerText = $Matches[1]
            }
            elseif ($paragraph.InnerText.Trim([char]0x80)) {
                $null = $remarks.AppendChild($paragraph.Clone())
            }

            $null = $paragraph.ParentNode.RemoveChild($paragraph)
        }
    }

    foreach ($link in @($Help.SelectNodes('//maml:navigationLink', $names))) {
        $address = $link.SelectSingleNode('maml:uri', $names)
        if (-not $address.InnerText) { $null = $link.ParentNode.RemoveChild($link) }
        $address.InnerText = ''
    }
}

function Invoke-Analyze {
    Invoke-Build
    Import-Module PSScriptAnalyzer
    $findings = @(
        Get-ChildItem $root -File -Filter *.ps*1
        Get-ChildItem (Join-Path $root 'tests/Pester') -File -Filter *.ps1 -Recurse
    ) | ForEach-Object { Invoke-ScriptAnalyzer -Path $_.FullName -Settings (Join-Path $root 'eng/ScriptAnalyzerSettings.psd1') }
    $findings | Format-Table -AutoSize ScriptName, Line, RuleName, Message | Out-String | Write-Output
    if ($findings) { throw "$(@($findings).Count) findings." }
}

function Invoke-Bench {
    foreach ($bench in 'Micro', 'Scale') { Invoke-Dotnet run --configuration Release --project (Join-Path $root "bench/$bench") }
}

# What is packed is the stage that the tests imported.
function Invoke-Package {
    Invoke-Build
    $null = Test-ModuleManifest (Join-Path $stage 'IntuneExchangeConnector.psd1')
    $version = (Import-PowerShellDataFile (Join-Path $stage 'IntuneExchangeConnector.psd1')).ModuleVersion
    $package = Join-Path $root "out/IntuneExchangeConnector.$version.zip"
    Compress-Archive -Path $stage -DestinationPath $package -Force
    Write-Output "$package $((Get-FileHash $package -Algorithm SHA256).Hash)"
}

function Invoke-Tour {
    Invoke-Dotnet run --configuration $Configuration --project (Join-Path $root 'src/Sandbox') -- tour
}

foreach ($name in $Task) { & "Invoke-$name" }
