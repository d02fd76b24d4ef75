using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Splitrail.Dapr;

/// <summary>Fills what the section left empty from the variables of the Dapr runtime, then checks the whole.</summary>
internal sealed class DaprOptionsSetup(IConfiguration configuration) : IPostConfigureOptions<DaprOptions>, IValidateOptions<DaprOptions>
{
    public void PostConfigure(string? name, DaprOptions options)
    {
        if (string.IsNullOrEmpty(options.HttpEndpoint))
            options.HttpEndpoint = Value("DAPR_HTTP_ENDPOINT") ?? $"http://127.0.0.1:{Value("DAPR_HTTP_PORT") ?? "3500"}";
        options.ApiToken ??= Value("DAPR_API_TOKEN");
        options.AppApiToken ??= Value("APP_API_TOKEN");
        options.AppId ??= Value("APP_ID");
    }

    public ValidateOptionsResult Validate(string? name, DaprOptions options)
    {
        List<string> faults = [];
        if (!Uri.TryCreate(options.HttpEndpoint, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https"))
            faults.Add($"Dapr:HttpEndpoint is '{options.HttpEndpoint}'; it must be an absolute http or https address such as http://127.0.0.1:3500.");
        else if (endpoint.AbsolutePath is not "/" || endpoint.Query.Length > 0)
            faults.Add($"Dapr:HttpEndpoint is '{options.HttpEndpoint}'; leave path and query out, for example {endpoint.GetLeftPart(UriPartial.Authority)}.");
        CheckToken(nameof(DaprOptions.ApiToken), options.ApiToken, faults);
        CheckToken(nameof(DaprOptions.AppApiToken), options.AppApiToken, faults);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void CheckToken(string option, string? token, List<string> faults)
    {
        if (token is not null && (token.Length == 0 || !token.All(c => c is > ' ' and < (char)127)))
            faults.Add($"Dapr:{option} has {token.Length} characters of which some cannot travel in a header; use visible ASCII without blanks.");
    }

    private string? Value(string key) => configuration[key] is { Length: > 0 } value ? value : null;
}
