"""What scikit-learn logs by itself, with its trials and its model."""

import mlflow
mlflow.set_experiment("irises")
mlflow.sklearn.autolog()
from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV

features, label = load_iris(return_X_y=True, as_frame=True)
with mlflow.start_run() as run:
    GridSearchCV(LogisticRegression(max_iter=500), {"C": [0.1, 1]}, cv=2).fit(features, label)
model = mlflow.sklearn.load_model(f"runs:/{run.info.run_id}/best_estimator")
assert len(model.predict(features[:2])) == 2
