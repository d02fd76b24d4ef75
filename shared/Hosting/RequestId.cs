using System.Buffers;

namespace Splitrail.Hosting;

/// <summary>The id of the request being answered; it crosses all hops in the header X-Request-ID.</summary>
public static class RequestId
{
    public const string Header = "X-Request-ID";
    public const int MaxLength = 128;

    private static readonly AsyncLocal<string?> s_current = new();
    private static readonly SearchValues<char> s_allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:");

    public static string? Current
    {
        get => s_current.Value;
        internal set => s_current.Value = value;
    }

    /// <summary>The caller's id when it is harmless in logs and headers, else a new one.</summary>
    public static string Accept(string? fromCaller) =>
        fromCaller is { Length: > 0 and <= MaxLength } && !fromCaller.AsSpan().ContainsAnyExcept(s_allowed)
            ? fromCaller
            : Guid.CreateVersion7().ToString("N");
}

/// <summary>Passes the id on to the services that this request calls.</summary>
internal sealed class RequestIdHandler : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (RequestId.Current is { } id)
            request.Headers.TryAddWithoutValidation(RequestId.Header, id);
        return base.SendAsync(request, cancellationToken);
    }
}
