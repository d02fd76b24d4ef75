using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Splitrail.Trainer.Registry;

/// <summary>The model registry's API as the command line uses it: behind the gateway, or experiment-svc itself.</summary>
internal sealed class RegistryClient : IDisposable
{
    /// <summary>Holds the key of an account, for a registry that asks for one.</summary>
    public const string KeyVariable = "SPLITRAIL_API_KEY";

    private readonly HttpClient _http;

    /// <param name="address">Of the gateway or of experiment-svc.</param>
    /// <param name="actor">Who asks, for the audit log.</param>
    public RegistryClient(Uri address, string actor)
    {
        _http = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromMinutes(2) };
        _http.DefaultRequestHeaders.Add("X-Actor", actor);
        // From the environment, because arguments can be read by everybody on the machine.
        if (Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } key)
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    public JsonNode Get(string path) => Send(new HttpRequestMessage(HttpMethod.Get, path));

    /// <param name="path">Path.</param>
    /// <param name="body">Members that are null are left out.</param>
    public JsonNode Post(string path, JsonObject body)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body.ToJsonString()));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return Send(new HttpRequestMessage(HttpMethod.Post, path) { Content = content });
    }

    public void Dispose() => _http.Dispose();

    /// <exception cref="InputException">The registry refuses, or is not there: in one line.</exception>
    private JsonNode Send(HttpRequestMessage request)
    {
        using (request)
        {
            try
            {
                using var response = _http.Send(request);
                using var reader = new StreamReader(response.Content.ReadAsStream());
                var text = reader.ReadToEnd();
                return response.IsSuccessStatusCode
                    ? JsonNode.Parse(text) ?? throw new InputException("The registry answered with nothing.")
                    : throw new InputException($"the registry refuses ({(int)response.StatusCode}): {DetailOf(text)}");
            }
            catch (Exception away) when (away is HttpRequestException or TaskCanceledException)
            {
                throw new InputException($"the registry at {_http.BaseAddress} does not answer: {away.Message}", away);
            }
            catch (JsonException other)
            {
                throw new InputException($"what answers at {_http.BaseAddress} is no registry: {other.Message}", other);
            }
        }
    }

    private static string DetailOf(string text)
    {
        try
        {
            return (string?)JsonNode.Parse(text)?["detail"] ?? text;
        }
        catch (JsonException)
        {
            // Not a problem document, such as a proxy's page: shown as it is.
            return text;
        }
    }
}
