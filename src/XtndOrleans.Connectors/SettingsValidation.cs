using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace XtndOrleans.Connectors;

/// <summary>Checks settings at the start against the ranges beside them.</summary>
public static class SettingsValidation
{
    /// <summary>Stops the start over a value outside its range, in an operator's words: the setting, its value, and what is allowed.</summary>
    /// <param name="options">The settings; each <see cref="RangeAttribute"/> of a property holds.</param>
    /// <param name="section">Their section, for the message.</param>
    public static OptionsBuilder<T> ValidateSettings<T>(this OptionsBuilder<T> options, string section)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Services.AddSingleton<IValidateOptions<T>>(new Ranges<T>(section));
        return options.ValidateOnStart();
    }

    /// <summary>What is wrong with settings that are needed before there is anything to stop.</summary>
    public static IReadOnlyList<string> Problems(string section, object options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return [.. options.GetType().GetProperties().Select(property => Problem(section, property, options)).OfType<string>()];
    }

    static string? Problem(string section, PropertyInfo property, object options) =>
        property.GetCustomAttribute<RangeAttribute>() is { } range && property.GetValue(options) is var value && !range.IsValid(value)
            ? FormattableString.Invariant($"{section}:{property.Name} is '{value}'. Allowed: {range.Minimum} to {range.Maximum}.")
            : null;

    sealed class Ranges<T>(string section) : IValidateOptions<T>
        where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options) =>
            Problems(section, options) is { Count: > 0 } wrong ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
    }
}
