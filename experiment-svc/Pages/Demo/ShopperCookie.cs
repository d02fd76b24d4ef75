using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Splitrail.Contracts;

namespace Splitrail.ExperimentSvc.Pages.Demo;

/// <summary>
/// Keeps a <see cref="Shopper"/> in the browser. It is not signed: it says nothing that its owner could not tell the public API as well. What does not read as one begins anew.
/// </summary>
internal static class ShopperCookie
{
    public const string Name = "splitrail-demo";

    /// <summary>Browsers keep 4,096 bytes with name and attributes. Long ids make it forget the oldest steps.</summary>
    private const int MostBytes = 3600;

    private const int SessionDigits = 20;
    private const int MostItems = 64;

    private static readonly string[] s_kinds = [EventTypes.View, EventTypes.AddToCart, EventTypes.Purchase, EventTypes.Rating];

    public static Shopper Read(HttpRequest request) => Parse(request.Cookies[Name]) ?? Anew(null);

    public static Shopper Anew(string? user) => Shopper.New($"demo-{RandomNumberGenerator.GetHexString(SessionDigits, lowercase: true)}", user);

    public static void Write(HttpResponse response, Shopper shopper, bool secure)
    {
        var text = Text(shopper);
        while (text.Length > MostBytes && shopper is { Steps.Count: > 0 } or { Before.Count: > 0 })
        {
            shopper = shopper with { Steps = [.. shopper.Steps.Skip(1)], Before = shopper.Steps.Count > 1 ? shopper.Before : [] };
            text = Text(shopper);
        }

        if (text.Length > MostBytes)
            text = Text(Shopper.New(shopper.Session, shopper.User) with { Count = shopper.Count });
        response.Cookies.Append(Name, text, new CookieOptions
        {
            Path = DemoPaths.Root, HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = secure || response.HttpContext.Request.IsHttps, MaxAge = TimeSpan.FromDays(1),
        });
    }

    private static string Text(Shopper shopper) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(shopper, ShopperJson.Default.Shopper));

    private static Shopper? Parse(string? text)
    {
        if (text is not { Length: > 0 and <= 4096 } || !Base64Url.IsValid(text))
            return null;
        try
        {
            return JsonSerializer.Deserialize(Base64Url.DecodeFromChars(text), ShopperJson.Default.Shopper) is { } read && IsSound(read) ? read : null;
        }
        catch (JsonException)
        {
            // Somebody's own cookie, or one of another release: he begins as a new guest.
            return null;
        }
    }

    /// <summary>JSON can leave out what a record says is never null, and the gateway would refuse ids that are none.</summary>
    private static bool IsSound(Shopper read) =>
        ShopIds.IsKept(read.Session) && (read.User is null || ShopIds.IsKept(read.User)) && read.Count >= 0
        && AreIds(read.Cart) && AreIds(read.Shown) && AreIds(read.Before)
        && read.Steps is { Count: <= MostItems } steps
        && steps.All(static step => step is not null && s_kinds.Contains(step.Kind) && ShopIds.IsKept(step.Item) && (step.Request is null || ShopIds.IsKept(step.Request)));

    private static bool AreIds(IReadOnlyList<string>? ids) => ids is { Count: <= MostItems } && ids.All(static id => ShopIds.IsKept(id));
}

/// <summary>Short: it travels with every request.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(Shopper))]
internal sealed partial class ShopperJson : JsonSerializerContext;
