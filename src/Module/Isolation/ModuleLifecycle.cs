using System.Management.Automation;
#if NET
using System.Runtime.Loader;
#else
using System;
#endif

namespace IntuneExchangeConnector.Module.Isolation;

/// <summary>
/// Puts the engine within reach when the module is imported and takes it away when it is removed. PowerShell calls both once for
/// each runspace that imports, and one handler is added for each, so that a removal here leaves the other runspaces at work.
/// </summary>
public sealed class ModuleLifecycle : IModuleAssemblyInitializer, IModuleAssemblyCleanup
{
    /// <inheritdoc/>
    public void OnImport()
    {
#if NET
        AssemblyLoadContext.Default.Resolving += EngineLoadContext.OnResolving;
#else
        AppDomain.CurrentDomain.AssemblyResolve += DesktopResolver.OnAssemblyResolve;
#endif
    }

    /// <inheritdoc/>
    public void OnRemove(PSModuleInfo psModuleInfo)
    {
#if NET
        AssemblyLoadContext.Default.Resolving -= EngineLoadContext.OnResolving;
#else
        AppDomain.CurrentDomain.AssemblyResolve -= DesktopResolver.OnAssemblyResolve;
#endif
    }
}
