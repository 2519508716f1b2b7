using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace IntuneExchangeConnector.Module.Tests.Architecture;

/// <summary>A member that compiled code names: where it lives and what it is called.</summary>
/// <param name="Assembly">Its assembly.</param>
/// <param name="Type">Its type with namespace; of a nested type, the outermost one.</param>
/// <param name="Member">Its name; empty for the type itself.</param>
internal sealed record Mention(string Assembly, string Type, string Member);

/// <summary>Reads from a compiled assembly which type names what. Nothing is loaded or run.</summary>
internal sealed class CompiledAssembly
{
    private static readonly Dictionary<int, OperandType> s_operands = typeof(OpCodes).GetFields()
        .Select(field => field.GetValue(null)).OfType<OpCode>().ToDictionary(code => (int)(ushort)code.Value, code => code.OperandType);

    private readonly Dictionary<string, HashSet<Mention>> _mentions = [];
    private readonly HashSet<string> _public = [];
    private readonly MetadataReader _reader;
    private readonly PEReader _file;

    private CompiledAssembly(PEReader file)
    {
        _file = file;
        _reader = file.GetMetadataReader();
        Name = _reader.GetString(_reader.GetAssemblyDefinition().Name);
        References = [.. _reader.AssemblyReferences.Select(handle => _reader.GetString(_reader.GetAssemblyReference(handle).Name)).Order()];
        foreach (var handle in _reader.TypeDefinitions) Collect(handle);
    }

    /// <summary>The assembly's name.</summary>
    public string Name { get; }

    /// <summary>Assemblies that it was compiled against.</summary>
    public IReadOnlyList<string> References { get; }

    /// <summary>Names of its types, nested ones counted to the outermost.</summary>
    public IEnumerable<string> Types => _mentions.Keys;

    public static CompiledAssembly Read(string path)
    {
        using var file = new PEReader(ImmutableArray.Create(File.ReadAllBytes(path)));
        return new CompiledAssembly(file);
    }

    /// <summary>What the types of a namespace, or of the namespaces within it, name.</summary>
    public IEnumerable<(string By, Mention Mention)> MentionsBy(string namespaceOrType) =>
        _mentions.Where(pair => IsWithin(pair.Key, namespaceOrType)).SelectMany(pair => pair.Value.Select(mention => (pair.Key, mention)));

    /// <summary>True for a type that other assemblies can see.</summary>
    public bool IsPublic(string type) => _public.Contains(type);

    public static bool IsWithin(string type, string namespaceOrType) =>
        type == namespaceOrType || type.StartsWith(namespaceOrType + ".", StringComparison.Ordinal);

    private void Collect(TypeDefinitionHandle handle)
    {
        var definition = _reader.GetTypeDefinition(handle);
        var name = Outermost(handle);
        if (!_mentions.TryGetValue(name, out var found)) _mentions[name] = found = [];
        if ((definition.Attributes & System.Reflection.TypeAttributes.VisibilityMask) == System.Reflection.TypeAttributes.Public) _public.Add(name);

        var signatures = new SignatureTypes(this, found);
        Add(found, definition.BaseType);
        foreach (var implemented in definition.GetInterfaceImplementations()) Add(found, _reader.GetInterfaceImplementation(implemented).Interface);
        foreach (var field in definition.GetFields()) _reader.GetFieldDefinition(field).DecodeSignature(signatures, null);
        foreach (var method in definition.GetMethods())
        {
            var body = _reader.GetMethodDefinition(method);
            body.DecodeSignature(signatures, null);
            if (body.RelativeVirtualAddress != 0) CollectBody(found, signatures, _file.GetMethodBody(body.RelativeVirtualAddress));
        }
    }

    private void CollectBody(HashSet<Mention> found, SignatureTypes signatures, MethodBodyBlock body)
    {
        if (!body.LocalSignature.IsNil) _reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(signatures, null);
        var code = body.GetILReader();
        while (code.RemainingBytes > 0)
        {
            var opcode = (int)code.ReadByte();
            if (opcode == 0xFE) opcode = 0xFE00 | code.ReadByte();
            switch (s_operands[opcode])
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    Add(found, MetadataTokens.EntityHandle(code.ReadInt32()));
                    break;
                case OperandType.InlineSwitch:
                    var targets = code.ReadInt32();
                    code.Offset += 4 * targets;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    code.Offset += 8;
                    break;
                case OperandType.InlineNone:
                    break;
                case OperandType.InlineVar:
                    code.Offset += 2;
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    code.Offset += 1;
                    break;
                default:
                    code.Offset += 4;
                    break;
            }
        }
    }

    private void Add(HashSet<Mention> found, EntityHandle handle)
    {
        if (handle.IsNil) return;
        switch (handle.Kind)
        {
            case HandleKind.TypeReference or HandleKind.TypeDefinition:
                found.Add(TypeMention(handle));
                break;
            case HandleKind.TypeSpecification:
                _reader.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(new SignatureTypes(this, found), null);
                break;
            case HandleKind.MemberReference:
                var member = _reader.GetMemberReference((MemberReferenceHandle)handle);
                if (member.Parent.Kind is HandleKind.TypeReference or HandleKind.TypeDefinition)
                {
                    found.Add(TypeMention(member.Parent) with { Member = _reader.GetString(member.Name) });
                }
                else
                {
                    Add(found, member.Parent);
                }

                break;
            case HandleKind.MethodDefinition:
                var method = _reader.GetMethodDefinition((MethodDefinitionHandle)handle);
                found.Add(TypeMention(method.GetDeclaringType()) with { Member = _reader.GetString(method.Name) });
                break;
            case HandleKind.FieldDefinition:
                found.Add(TypeMention(_reader.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType()));
                break;
            case HandleKind.MethodSpecification:
                var specification = _reader.GetMethodSpecification((MethodSpecificationHandle)handle);
                Add(found, specification.Method);
                specification.DecodeSignature(new SignatureTypes(this, found), null);
                break;
        }
    }

    private Mention TypeMention(EntityHandle handle)
    {
        if (handle.Kind == HandleKind.TypeDefinition) return new Mention(Name, Outermost((TypeDefinitionHandle)handle), string.Empty);
        var reference = _reader.GetTypeReference((TypeReferenceHandle)handle);
        if (reference.ResolutionScope.Kind == HandleKind.TypeReference) return TypeMention(reference.ResolutionScope);
        var assembly = reference.ResolutionScope.Kind == HandleKind.AssemblyReference
            ? _reader.GetString(_reader.GetAssemblyReference((AssemblyReferenceHandle)reference.ResolutionScope).Name)
            : Name;
        return new Mention(assembly, Qualified(reference.Namespace, reference.Name), string.Empty);
    }

    private string Outermost(TypeDefinitionHandle handle)
    {
        var definition = _reader.GetTypeDefinition(handle);
        return definition.IsNested ? Outermost(definition.GetDeclaringType()) : Qualified(definition.Namespace, definition.Name);
    }

    private string Qualified(StringHandle scope, StringHandle name) =>
        scope.IsNil ? _reader.GetString(name) : $"{_reader.GetString(scope)}.{_reader.GetString(name)}";

    /// <summary>Collects the types of a signature.</summary>
    private sealed class SignatureTypes(CompiledAssembly owner, HashSet<Mention> found) : ISignatureTypeProvider<int, object?>
    {
        public int GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => Found(handle);

        public int GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => Found(handle);

        public int GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind)
        {
            owner.Add(found, handle);
            return 0;
        }

        public int GetArrayType(int elementType, ArrayShape shape) => 0;

        public int GetByReferenceType(int elementType) => 0;

        public int GetFunctionPointerType(MethodSignature<int> signature) => 0;

        public int GetGenericInstantiation(int genericType, ImmutableArray<int> typeArguments) => 0;

        public int GetGenericMethodParameter(object? genericContext, int index) => 0;

        public int GetGenericTypeParameter(object? genericContext, int index) => 0;

        public int GetModifiedType(int modifier, int unmodifiedType, bool isRequired) => 0;

        public int GetPinnedType(int elementType) => 0;

        public int GetPointerType(int elementType) => 0;

        public int GetPrimitiveType(PrimitiveTypeCode typeCode) => 0;

        public int GetSZArrayType(int elementType) => 0;

        private int Found(EntityHandle handle)
        {
            found.Add(owner.TypeMention(handle));
            return 0;
        }
    }
}
