# docker build --target server .      the server, in every role (Xtnd__Role)
# docker build --target simulator .   pretend Magento stores
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY sql sql
COPY src src
RUN dotnet publish src/XtndOrleans.Server -c Release -o /publish/server \
    && dotnet publish src/XtndOrleans.Simulator -c Release -o /publish/simulator

# The plain image, not a chiseled one: schedules need its time zones, and its health check a shell.
FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS base
RUN apt-get update && apt-get install -y --no-install-recommends curl tzdata && rm -rf /var/lib/apt/lists/*
WORKDIR /app
USER $APP_UID
STOPSIGNAL SIGTERM

FROM base AS simulator
COPY --from=build /publish/simulator .
EXPOSE 8380
ENTRYPOINT ["dotnet", "XtndOrleans.Simulator.dll"]

FROM base AS server
COPY --from=build /publish/server .
ENV ASPNETCORE_URLS=http://+:5080
EXPOSE 5080
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["curl", "-fsS", "http://localhost:5080/health/ready"]
ENTRYPOINT ["dotnet", "XtndOrleans.Server.dll"]
