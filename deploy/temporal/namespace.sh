#!/bin/sh
# Closed runs are kept for 30 days; what is of legal value is in the case file.
set -eu
known() { temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1; }
known || temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention 720h
