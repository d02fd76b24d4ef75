using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Splitrail.Dapr;

/// <summary>The receiving side of a configuration subscription.</summary>
public static class ConfigurationChanges
{
    /// <summary>Calls <paramref name="changed"/> for every key the sidecar tells of; a null item means that the key was removed.</summary>
    public static IEndpointConventionBuilder MapConfigurationChanges(this IEndpointRouteBuilder endpoints, string storeName, Action<string, ConfigurationItem?> changed)
    {
        RequestDelegate take = async context =>
        {
            using var document = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted).ConfigureAwait(false);
            foreach (var item in document.RootElement.GetProperty("items").EnumerateObject())
            {
                changed(item.Name, item.Value.TryGetProperty("value", out var value)
                    ? new ConfigurationItem(value.GetString() ?? "", item.Value.TryGetProperty("version", out var version) ? version.GetString() ?? "" : "")
                    : null);
            }
        };
        return endpoints.MapPost($"/configuration/{storeName}/{{key}}", take).ExcludeFromDescription();
    }
}
