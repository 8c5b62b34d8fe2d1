import argparse
from pathlib import Path

import mlflow
import pandas as pd
import sklearn
from mlflow.models import infer_signature
from sklearn.ensemble import GradientBoostingRegressor
from sklearn.metrics import mean_absolute_error, r2_score
from sklearn.model_selection import train_test_split

# The model is an output of this component; there is no need to log it a second time.
mlflow.sklearn.autolog(log_models=False)


def main(args):
    trips = pd.read_parquet(Path(args.train_data) / "trips.parquet")
    X, y = trips.drop(columns="fare"), trips["fare"]
    X_fit, X_check, y_fit, y_check = train_test_split(X, y, test_size=0.25, random_state=args.seed)

    with mlflow.start_run():
        model = GradientBoostingRegressor(
            learning_rate=args.learning_rate, max_depth=args.max_depth, n_estimators=args.trees, random_state=args.seed
        )
        model.fit(X_fit, y_fit)
        predicted = model.predict(X_check)
        mlflow.log_metric("validation_r2", r2_score(y_check, predicted))
        mlflow.log_metric("validation_mae", mean_absolute_error(y_check, predicted))

        mlflow.sklearn.save_model(
            model,
            args.model,
            signature=infer_signature(X_fit, model.predict(X_fit)),
            pip_requirements=[f"scikit-learn=={sklearn.__version__}", f"pandas=={pd.__version__}"],
        )


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--train_data", type=str)
    parser.add_argument("--learning_rate", type=float, default=0.1)
    parser.add_argument("--max_depth", type=int, default=3)
    parser.add_argument("--trees", type=int, default=80)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--model", type=str)
    main(parser.parse_args())
