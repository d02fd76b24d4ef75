using System.Globalization;
using Splitrail.ExperimentSvc.Editing;

namespace Splitrail.ExperimentSvc.Api;

/// <summary>A definition's version as its ETag, and the version that a caller edited.</summary>
internal static class EntityTags
{
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    public static void Tag(this HttpResponse response, long version) => response.Headers.ETag = Of(version);

    /// <summary>Null when the caller names no version.</summary>
    public static bool TryRead(HttpRequest request, out long? version, out Refusal? refusal)
    {
        (version, refusal) = (null, null);
        var tags = request.Headers.IfMatch;
        if (tags.Count == 0)
            return true;
        var tag = tags.ToString();
        if (tag.Length > 2 && tag[0] == '"' && tag[^1] == '"' && long.TryParse(tag.AsSpan(1, tag.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            version = number;
            return true;
        }

        refusal = Refusal.Bad("If-Match", tag, "must be the ETag of the version that was edited, such as \"3\" with its quotes");
        return false;
    }

    public static bool TryRequire(HttpRequest request, out long version, out Refusal? refusal)
    {
        version = 0;
        if (!TryRead(request, out var given, out refusal))
            return false;
        if (given is null)
        {
            refusal = new Refusal(
                StatusCodes.Status428PreconditionRequired,
                "If-Match missing",
                "Say which version you edited, so that nobody's edit is lost: send the ETag that came with it as If-Match, such as If-Match: \"3\".");
            return false;
        }

        version = given.Value;
        return true;
    }
}
