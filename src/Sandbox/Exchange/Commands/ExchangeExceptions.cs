using System;

// The names of these exceptions are what clients read: they travel in the error's category and in the serialised exception's
// type, so each stands in the namespace that Exchange's own has.
namespace Microsoft.Exchange.Configuration.Tasks
{
    /// <summary>An identity that names no object.</summary>
    public sealed class ManagementObjectNotFoundException(string message) : Exception(message);

    /// <summary>An identity that names more than one object.</summary>
    public sealed class ManagementObjectAmbiguousException(string message) : Exception(message);

    /// <summary>A command that another server should have carried out and did not.</summary>
    public sealed class CmdletProxyException(string message) : Exception(message);

    /// <summary>A change that the object's state forbids.</summary>
    public sealed class TaskInvalidOperationException(string message) : Exception(message);
}

namespace Microsoft.Exchange.Data
{
    /// <summary>A value outside what the object's schema allows.</summary>
    public sealed class DataValidationException(string message) : Exception(message);
}

namespace Microsoft.Exchange.Data.Directory
{
    /// <summary>A value that Active Directory refused.</summary>
    public sealed class ADConstraintViolationException(string message) : Exception(message);

    /// <summary>An object that exists already.</summary>
    public sealed class ADObjectAlreadyExistsException(string message) : Exception(message);

    /// <summary>A failure of the directory that may pass.</summary>
    public sealed class ADTransientException(string message) : Exception(message);

    /// <summary>A domain controller that cannot be worked with.</summary>
    public sealed class SuitabilityDirectoryException(string message) : Exception(message);

    /// <summary>A failure of the directory that will not pass by itself.</summary>
    public sealed class ADOperationException(string message) : Exception(message);
}
