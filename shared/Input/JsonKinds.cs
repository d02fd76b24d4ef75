using System.Text.Json;

namespace Splitrail.Input;

/// <summary>Which JSON a plain .NET type takes, in words for a caller.</summary>
public static class JsonKinds
{
    /// <summary>The rule that is broken; null when the value fits.</summary>
    public static string? FaultOf(JsonElement value, Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (value.ValueKind == JsonValueKind.Null)
            return plain == type && type.IsValueType ? "must not be null" : null;
        if (plain == typeof(string))
            return IsText(value) ? null : "must be a text";
        if (plain == typeof(bool))
            return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "must be true or false";
        if (plain == typeof(int))
            return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out _) ? null : "must be a whole number";
        if (plain == typeof(long))
            return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _) ? null : "must be a whole number";
        if (plain == typeof(double))
            return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? null : "must be a number";
        if (plain == typeof(DateTimeOffset))
            return value.ValueKind == JsonValueKind.String && value.TryGetDateTimeOffset(out _) ? null : "must be a time such as 2026-05-01T08:00:00Z";
        if (plain == typeof(decimal))
            return value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out _) ? null : "must be a number";
        return null;
    }

    private static bool IsText(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            return false;
        try
        {
            return value.GetString() is not null;
        }
        catch (InvalidOperationException)
        {
            // An escaped half of a surrogate pair is JSON but no text.
            return false;
        }
    }
}
