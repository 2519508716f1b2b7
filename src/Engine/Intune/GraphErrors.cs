using System;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Security.Authentication;
using System.Text.Json;
using IntuneExchangeConnector.Domain.Errors;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>Every failure of a request to Graph, with what to do about it.</summary>
internal static class GraphErrors
{
    /// <summary>The failure that an answer other than success stands for.</summary>
    /// <param name="request">The request.</param>
    /// <param name="response">The answer.</param>
    /// <param name="fault">What it says.</param>
    /// <param name="now">The instant, UTC.</param>
    /// <returns>A <see cref="TransientFailure"/> or a <see cref="ConnectorException"/>.</returns>
    public static Exception Of(GraphRequest request, HttpResponseMessage response, GraphFault fault, DateTimeOffset now) =>
        Of(request, (int)response.StatusCode, RetryAfter.Read(response.Headers, now), fault);

    /// <summary>The failure that an answer inside a batch stands for.</summary>
    /// <param name="request">The request.</param>
    /// <param name="status">The HTTP status of its answer.</param>
    /// <param name="retryAfter">How long the server asks to wait; null where it does not say.</param>
    /// <param name="fault">What it says.</param>
    /// <returns>A <see cref="TransientFailure"/> or a <see cref="ConnectorException"/>.</returns>
    public static Exception Of(GraphRequest request, int status, TimeSpan? retryAfter, GraphFault fault)
    {
        var said = fault.Describe(status);
        return status switch
        {
            401 => new ConnectorException(
                ErrorIds.TenantSignIn,
                ErrorKind.Authentication,
                Host(request),
                $"Graph refuses the connector's token for the {request.Subject} {said}.",
                "Check that the application belongs to this tenant and cloud, and that the tenant has an Intune licence."),
            403 => new ConnectorException(
                ErrorIds.GraphPermissionMissing,
                ErrorKind.PermissionDenied,
                request.Permission,
                $"Graph refuses to list the {request.Subject}: the permission {request.Permission} is missing {said}.",
                $"In the Microsoft Entra admin center open App registrations, the connector's application, API permissions; add {request.Permission} of Microsoft Graph (as an application permission for a certificate, as a delegated one where a person signs in) and grant admin consent."),
            404 when request.Group is { } group => new ConnectorException(
                ErrorIds.GroupNotFound,
                ErrorKind.NotFound,
                group.ToString("D"),
                $"The group {group:D} of the access policy does not exist in the tenant {said}.",
                "Take the group out of the access policy or name another one."),
            400 or 404 or 410 or 501 when request.MayBeGone => new ConnectorException(
                ErrorIds.LegacyPolicyNotFound,
                ErrorKind.NotFound,
                Host(request),
                $"The tenant does not hold the {request.Subject} {said}.",
                "Set the policy with Set-ConnectorAccessPolicy. Nothing was changed."),
            407 => new ConnectorException(
                ErrorIds.GraphUnreachable,
                ErrorKind.Unreachable,
                Host(request),
                "The proxy on the way to Graph refuses the account that the connector runs as.",
                "Let the proxy pass this account, or exempt Graph and the login server from it."),
            429 => new TransientFailure(
                Failed(ErrorIds.GraphThrottled, ErrorKind.Throttled, request, $"Graph asks to slow down when the {request.Subject} are listed {said}."),
                retryAfter),
            408 or 424 or 500 or 502 or 503 or 504 => new TransientFailure(
                Failed(ErrorIds.GraphRequestFailed, ErrorKind.ServerFault, request, $"Graph could not list the {request.Subject} {said}."),
                retryAfter),
            >= 300 and < 400 => Invalid(request, $"Graph answered with a redirect {said}"),
            _ => Failed(ErrorIds.GraphRequestFailed, ErrorKind.ServerFault, request, $"Graph could not list the {request.Subject} {said}."),
        };
    }

    /// <summary>The failure that an exception of the network or of the parser stands for.</summary>
    /// <param name="request">The request.</param>
    /// <param name="exception">What was thrown.</param>
    /// <returns>A <see cref="TransientFailure"/> or a <see cref="ConnectorException"/>.</returns>
    public static Exception Of(GraphRequest request, Exception exception) => exception switch
    {
        EndOfStreamException => new TransientFailure(Invalid(request, "The answer breaks off before its end")),
        JsonException or InvalidDataException => Invalid(request, $"The answer is not what Graph answers: {ServerText.Clean(exception.Message, 200)}"),
        _ when IsTlsFailure(exception) => Unreachable(Host(request), $"The connection to Graph at {Host(request)} is not trusted: {Deepest(exception)}", exception),
        OperationCanceledException => new TransientFailure(Unreachable(Host(request), $"Graph at {Host(request)} stopped answering.", null), isUnreachable: true),
        _ => new TransientFailure(Unreachable(Host(request), $"Graph at {Host(request)} cannot be reached: {Deepest(exception)}", exception), isUnreachable: true),
    };

    /// <summary>The failure of an answer that came and came and did not end.</summary>
    /// <param name="request">The request.</param>
    /// <param name="limit">How long it was waited for.</param>
    /// <returns>The failure.</returns>
    public static TransientFailure Unfinished(GraphRequest request, TimeSpan limit) => new(
        Unreachable(Host(request), FormattableString.Invariant($"Graph at {Host(request)} did not end its answer within {limit.TotalMinutes:0} minutes."), null),
        isUnreachable: true);

    /// <summary>The failure of an answer that cannot be used.</summary>
    /// <param name="request">The request.</param>
    /// <param name="what">What is wrong with it, without a full stop.</param>
    /// <returns>The failure.</returns>
    public static ConnectorException Invalid(GraphRequest request, string what) => new(
        ErrorIds.GraphAnswerInvalid,
        ErrorKind.InvalidData,
        Host(request),
        $"{what} (list of {request.Subject}).",
        "Check Graph's address and that no proxy on the way changes answers; then run the command again.");

    /// <summary>Whether a connection failed for want of trust, which no further attempt mends.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <returns>True when it did.</returns>
    public static bool IsTlsFailure(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is AuthenticationException or WebException { Status: WebExceptionStatus.TrustFailure }) return true;
        }

        return false;
    }

    /// <summary>The failure of a server that gave no answer.</summary>
    /// <param name="host">The server.</param>
    /// <param name="message">What happened.</param>
    /// <param name="inner">The cause; null when there is none.</param>
    /// <returns>The failure.</returns>
    public static ConnectorException Unreachable(string host, string message, Exception? inner) => new(
        ErrorIds.GraphUnreachable,
        ErrorKind.Unreachable,
        host,
        message,
        $"Check the name, the proxy and the firewall between this computer and {host} (TCP 443), and that the system trusts its certificate.",
        inner);

    /// <summary>What the innermost cause says.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <returns>A clean text.</returns>
    public static string Deepest(Exception exception) => ServerText.Clean(exception.GetBaseException().Message, 200);

    private static ConnectorException Failed(string id, ErrorKind kind, GraphRequest request, string message) => new(
        id,
        kind,
        Host(request),
        message,
        kind == ErrorKind.Throttled
            ? "Run the command again later, and not at the same time as other tools that read this tenant."
            : "Run the command again; where it fails again, give Microsoft's support the request-id.");

    private static string Host(GraphRequest request) => request.Address.Authority;
}
