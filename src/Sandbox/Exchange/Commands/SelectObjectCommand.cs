using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Reflection;
using IntuneExchangeConnector.Sandbox.Exchange.Objects;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary>The projection that a restricted endpoint offers: properties by name, the first objects, one property's values.</summary>
[Cmdlet(VerbsCommon.Select, "Object", DefaultParameterSetName = "DefaultParameter")]
public sealed class SelectObjectCommand : PSCmdlet
{
    private static readonly ConstructorInfo? s_stopUpstream = typeof(PSObject).Assembly
        .GetType("System.Management.Automation.StopUpstreamCommandsException")?
        .GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)[0];

    private readonly Dictionary<string, Action<PSObject>> _selectedTypes = new(StringComparer.Ordinal);
    private int _written;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0, ParameterSetName = "DefaultParameter")]
    public string[]? Property { get; set; }

    [Parameter(ParameterSetName = "DefaultParameter")]
    public string? ExpandProperty { get; set; }

    [Parameter(ParameterSetName = "DefaultParameter")]
    [ValidateRange(0, int.MaxValue)]
    public int First { get; set; } = int.MaxValue;

    protected override void ProcessRecord()
    {
        if (InputObject is { } input && _written < First)
        {
            _written++;
            if (ExpandProperty is not null)
                Expand(input, ExpandProperty);
            else
                WriteObject(Property is null ? input : Project(input, Property));
        }

        // The engine's own way of telling the commands before this one that nobody listens any more.
        if (_written >= First && s_stopUpstream is not null)
            throw (Exception)s_stopUpstream.Invoke([this]);
    }

    private PSObject Project(PSObject input, string[] properties)
    {
        PSObject selected = new(properties.Length);
        foreach (string name in properties)
        {
            if (WildcardPattern.ContainsWildcardCharacters(name))
                CopyMatching(input, new WildcardPattern(name, WildcardOptions.IgnoreCase), selected);
            else if (selected.Properties[name] is null)
                selected.Properties.Add(Copy(input.Properties[name], name), preValidated: true);
        }

        SelectedType(input)(selected);
        return selected;
    }

    // A property that the input lacks is there and empty, as in the engine's own command.
    private static PSNoteProperty Copy(PSPropertyInfo? property, string name) => EngineMembers.Note(property?.Name ?? name, property?.Value);

    private static void CopyMatching(PSObject input, WildcardPattern pattern, PSObject selected)
    {
        foreach (PSPropertyInfo property in input.Properties)
        {
            if (pattern.IsMatch(property.Name) && selected.Properties[property.Name] is null)
                selected.Properties.Add(Copy(property, property.Name), preValidated: true);
        }
    }

    private void Expand(PSObject input, string name)
    {
        if (input.Properties[name] is { } property)
        {
            WriteObject(property.Value, enumerateCollection: true);
            return;
        }

        WriteError(new ErrorRecord(
            new PSArgumentException($"Property \"{name}\" cannot be found."),
            "ExpandPropertyNotFound",
            ErrorCategory.InvalidArgument,
            input));
    }

    private Action<PSObject> SelectedType(PSObject input)
    {
        string original = EngineMembers.MostDerivedTypeName(input);
        if (!_selectedTypes.TryGetValue(original, out Action<PSObject>? selected))
        {
            selected = EngineMembers.Stamp($"Selected.{original}", "System.Management.Automation.PSCustomObject", "System.Object");
            _selectedTypes[original] = selected;
        }

        return selected;
    }
}
