using System.Net.Sockets;
using System.Text;

namespace Splitrail.Tests.Suite.Dapr;

/// <summary>One running sidecar, spoken to as a client would: raw paths, raw headers.</summary>
public sealed class SidecarUnderTest(ISidecarHost? host, Uri address)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ActivityHeadersPropagator = null })
    {
        Timeout = TimeSpan.FromSeconds(30),
    };

    public Uri Address => address;

    /// <summary>Null when somebody else owns the process.</summary>
    public ISidecarHost? Host => host;

    public Task StopAsync() => host!.StopAsync();

    /// <summary>Ends when the sidecar has stopped by itself.</summary>
    public Task EndedAsync() => host!.EndedAsync();

    public async Task<Answer> SendAsync(string verb, string path, string? body = null, string? contentType = "application/json", params (string Name, string Value)[] headers)
    {
        // Paths must leave as they are written: a%2Fb and a/../b are cases of the suite.
        var uri = new Uri(address.GetLeftPart(UriPartial.Authority) + path, new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        using var request = new HttpRequestMessage(HttpMethod.Parse(verb), uri);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            if (contentType is not null)
                request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Http.SendAsync(request);
        return new Answer(
            (int)response.StatusCode,
            await response.Content.ReadAsStringAsync(),
            response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated).ToDictionary(pair => pair.Key, pair => pair.Value.ToString(), StringComparer.OrdinalIgnoreCase));
    }

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync("GET", path, headers: headers);

    public Task<Answer> PostAsync(string path, string body) => SendAsync("POST", path, body);

    public async Task<bool> IsListeningAsync()
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(address.Host, address.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}

/// <param name="Status">HTTP status.</param>
/// <param name="Body">As text.</param>
/// <param name="Headers">Compared without case.</param>
public sealed record Answer(int Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public string? this[string header] => Headers.GetValueOrDefault(header);
}
