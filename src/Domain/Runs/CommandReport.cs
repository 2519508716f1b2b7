using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Errors;

namespace IntuneExchangeConnector.Domain.Runs;

/// <summary>What a command did to several objects: each ends as a result or as a failure.</summary>
/// <typeparam name="T">What is told of one object.</typeparam>
/// <param name="RunId">The run under which the history has it; null when nothing was sent.</param>
/// <param name="Results">What was done, in the order of the objects.</param>
/// <param name="Failures">What could not be done, and why.</param>
public sealed record CommandReport<T>(Guid? RunId, IReadOnlyList<T> Results, IReadOnlyList<ConnectorException> Failures);
