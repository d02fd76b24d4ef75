using System.Collections.Frozen;
using System.Globalization;
using Splitrail.Contracts;
using Splitrail.Hosting;

namespace Splitrail.Merchandising;

/// <summary>What conditions on items may say, and what they mean.</summary>
public static class ItemConditions
{
    private const int MaxValues = 1000;

    /// <returns>What is wrong with a condition and how to mend it, or null.</returns>
    public static string? FaultOf(ItemCondition condition)
    {
        if (condition.Field is null || !IsKnown(condition.Field))
            return $"The field {BadInput.Show(condition.Field)} is unknown: use {string.Join(", ", ItemFields.All)}.";
        var isNumber = ItemFields.Numbers.Contains(condition.Field);
        var allowed = isNumber ? ItemOperators.Numbers : ItemOperators.Texts;
        if (condition.Operator is null || !allowed.Contains(condition.Operator))
            return $"{condition.Field} is compared by {BadInput.Show(condition.Operator)}: use {string.Join(", ", allowed)}.";
        if (condition.Values is not { } values || values.Any(static value => value is null))
            return $"{condition.Field} {condition.Operator} has no values: give a list of texts.";
        if (condition.Operator is ItemOperators.In or ItemOperators.NotIn)
            return values.Count is >= 1 and <= MaxValues ? null : $"{condition.Field} {condition.Operator} has {values.Count} values: give 1 to {MaxValues}.";
        if (values.Count != 1)
            return $"{condition.Field} {condition.Operator} has {values.Count} values: give one.";
        if (condition.Operator == ItemOperators.Contains && values[0].Length == 0)
            return $"{condition.Field} contains an empty text: every text does; give at least one character.";
        return isNumber && Number(values[0]) is null ? $"{condition.Field} {condition.Operator} {BadInput.Show(values[0])}: give a number, such as 9.99." : null;
    }

    /// <summary>All of the conditions as one question; asking allocates nothing.</summary>
    /// <param name="conditions">Without fault.</param>
    public static Func<CatalogItem, bool> Compile(IReadOnlyList<ItemCondition> conditions)
    {
        Func<CatalogItem, bool>[] all = [.. conditions.Select(Compile)];
        return all.Length == 1 ? all[0] : item =>
        {
            foreach (var one in all)
            {
                if (!one(item))
                    return false;
            }

            return true;
        };
    }

    private static bool IsKnown(string field) =>
        field is ItemFields.Category or ItemFields.ItemId or ItemFields.Price or ItemFields.Stock
        || (field.StartsWith(ItemFields.Attribute, StringComparison.Ordinal) && field.Length > ItemFields.Attribute.Length);

    private static Func<CatalogItem, bool> Compile(ItemCondition condition)
    {
        if (ItemFields.Numbers.Contains(condition.Field))
            return OfNumber(condition.Field, condition.Operator, Number(condition.Values[0])!.Value);
        var isId = condition.Field == ItemFields.ItemId;
        if (condition.Operator == ItemOperators.Contains)
        {
            var (part, comparison) = (condition.Values[0], isId ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);
            return Of(condition.Field, text => text?.Contains(part, comparison) == true);
        }

        var values = condition.Values.ToFrozenSet(isId ? StringComparer.Ordinal : StringComparer.OrdinalIgnoreCase);
        var isIn = condition.Operator != ItemOperators.NotIn;
        return Of(condition.Field, text => text is null ? !isIn : values.Contains(text) == isIn);
    }

    private static Func<CatalogItem, bool> Of(string field, Func<string?, bool> asks)
    {
        if (field == ItemFields.ItemId)
            return item => asks(item.ItemId);
        if (field == ItemFields.Category)
            return item => asks(item.Category.Length > 0 ? item.Category : null);
        var name = field[ItemFields.Attribute.Length..];
        return item => asks(item.Attributes is { } attributes && attributes.TryGetValue(name, out var text) ? text : null);
    }

    private static Func<CatalogItem, bool> OfNumber(string field, string compare, decimal threshold)
    {
        Func<CatalogItem, decimal?> read = field == ItemFields.Price ? static item => item.Price : static item => item.Stock;
        return compare switch
        {
            ItemOperators.Greater => item => read(item) > threshold,
            ItemOperators.AtLeast => item => read(item) >= threshold,
            ItemOperators.Less => item => read(item) < threshold,
            ItemOperators.AtMost => item => read(item) <= threshold,
            _ => item => read(item) == threshold,
        };
    }

    private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
