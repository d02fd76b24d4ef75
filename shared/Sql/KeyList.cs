using System.Data;
using Dapper;

namespace Splitrail.Sql;

/// <summary>Many keys as one parameter, to be used with <see cref="Database.AnyOf"/>.</summary>
public sealed class KeyList : SqlMapper.ICustomQueryParameter
{
    private readonly object _value;

    internal KeyList(object value) => _value = value;

    public void AddParameter(IDbCommand command, string name)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = _value;
        command.Parameters.Add(parameter);
    }
}
